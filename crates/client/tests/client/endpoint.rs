//! The client with the local endpoint, over HTTP.

use bigmodel_rerank::{ApiKey, ErrorKind, Reranker, Retry};
use bigmodel_rerank_engine::Lexical;
use bigmodel_rerank_server::{Keys, Server, Settings};

/// Runs `calls` against a server with these settings.
async fn with_server<T>(settings: Settings, calls: impl AsyncFnOnce(String) -> T) -> T {
    let server = Server::bind("127.0.0.1:0", Lexical, settings)
        .await
        .unwrap();
    let url = format!("http://{}/api", server.local_addr());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async { drop(stopped.await) }));
    let done = calls(url).await;
    drop(stop);
    assert_eq!(running.await.unwrap().cut, 0);
    done
}

#[tokio::test]
async fn documents_are_ranked() {
    with_server(Settings::default(), async |url| {
        let client = Reranker::builder().base_url(url).build().unwrap();
        let documents = ["咖啡", "绿茶的冲泡方法", "how green tea is brewed"];
        let ranking = client.rerank("绿茶", &documents).await.unwrap();
        assert_eq!(*ranking.hits[0].item, "绿茶的冲泡方法");
        let best = client
            .rerank("green tea", &documents)
            .top_n(1)
            .raw_scores()
            .await
            .unwrap();
        assert_eq!((best.hits.len(), best.hits[0].index), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn many_documents_are_ranked_by_a_server_that_takes_one_request_at_a_time() {
    let settings = Settings {
        max_requests: 1,
        wait_timeout: std::time::Duration::ZERO,
        ..Settings::default()
    };
    with_server(settings, async |url| {
        let client = Reranker::builder()
            .base_url(url)
            .concurrency(8)
            .retry(Retry::default().max_attempts(50))
            .build()
            .unwrap();
        let documents: Vec<_> = (0..2000)
            .map(|number| format!("tea number {number}"))
            .collect();
        let ranking = client.rerank("tea", &documents).await.unwrap();
        assert_eq!(ranking.hits.len(), 2000);
        assert_eq!(ranking.request_ids.len(), 16);
    })
    .await;
}

#[tokio::test]
async fn keys_are_required_and_accepted() {
    let settings = Settings {
        keys: Keys::parse("id.secret").unwrap(),
        ..Settings::default()
    };
    with_server(settings, async |url| {
        let client = |key| {
            Reranker::builder()
                .base_url(&url)
                .api_key(ApiKey::new(key).unwrap())
                .build()
                .unwrap()
        };
        assert!(client("id.secret").rerank("a", &["a"]).await.is_ok());
        let refused = client("id.other").rerank("a", &["a"]).await.unwrap_err();
        assert_eq!(
            (refused.kind(), refused.code()),
            (ErrorKind::Authentication, Some("1000"))
        );
    })
    .await;
}

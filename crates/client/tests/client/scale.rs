//! The scale of a call, which does not depend on the number of documents.

use bigmodel_rerank::testing::ScoreFn;
use bigmodel_rerank::{Error, ErrorKind, Ranking, Rerank, Reranker, Scale};
use bigmodel_rerank_engine::Lexical;
use bigmodel_rerank_server::{Server, Settings};
use futures_util::StreamExt as _;

/// The normalized score of a raw score of 0.
const MIDDLE: f32 = 0.5;

/// Returns a client for documents that are numbers, whose value is the raw score.
fn client() -> Reranker {
    let backend = ScoreFn::new(|_, document| document.parse().unwrap());
    Reranker::builder().backend(backend).build().unwrap()
}

fn documents(count: i32) -> Vec<String> {
    (-5..count - 5).map(|number| number.to_string()).collect()
}

async fn indices(call: Rerank<'_, String>) -> Vec<usize> {
    let ranking: Ranking<'_, String> = call.await.unwrap();
    ranking.iter().map(|hit| hit.index).collect()
}

#[tokio::test]
async fn a_pinned_scale_applies_to_any_number_of_documents() {
    let client = client();
    for count in [1, 128, 129, 500] {
        let documents = documents(count);
        let call = client.rerank("q", &documents);
        let raw = call.clone().scale(Scale::Raw);
        assert_eq!(raw.estimate().scale, Scale::Raw);
        assert_eq!(raw.await.unwrap().scale, Scale::Raw);
        let normalized = call.scale(Scale::Normalized).merge_on(Scale::Normalized);
        assert_eq!(normalized.estimate().scale, Scale::Normalized);
        assert_eq!(normalized.await.unwrap().scale, Scale::Normalized);
    }
}

#[tokio::test]
async fn the_scale_is_known_before_anything_is_sent() {
    let client = client();
    for count in [0, 1, 128, 129, 500] {
        let documents = documents(count);
        let call = client.rerank("q", &documents);
        for call in [call.clone(), call.merge_on(Scale::Normalized)] {
            let estimated = call.estimate().scale;
            assert_eq!(call.await.unwrap().scale, estimated, "{count}");
        }
    }
}

#[tokio::test]
async fn a_threshold_is_on_the_pinned_scale_or_else_normalized() {
    let (client, documents) = (client(), documents(11));
    let call = client.rerank("q", &documents);
    // From the raw score 0 on, which is the middle of the normalized scores.
    let above: Vec<_> = (5..11).rev().collect();
    assert_eq!(indices(call.clone().min_score(MIDDLE)).await, above);
    let raw = call.clone().scale(Scale::Raw).min_score(0.0);
    assert_eq!(indices(raw).await, above);
    assert_eq!(indices(call.min_score(MIDDLE).top_n(2)).await, [10, 9]);
}

#[tokio::test]
async fn a_normalized_threshold_over_several_requests_is_an_error_before_anything_is_sent() {
    let backend = ScoreFn::new(|_, _| panic!("nothing may be sent"));
    let client = Reranker::builder().backend(backend).build().unwrap();
    let documents = documents(300);
    let call = client.rerank("q", &documents);
    let by_threshold = call.clone().min_score(0.9);
    let by_scale = call.scale(Scale::Normalized);
    for (call, remedy) in [
        (
            by_threshold,
            "pin raw scores, with a raw `min_score` (`scale(Scale::Raw)`)",
        ),
        (by_scale, "pin raw scores (`scale(Scale::Raw)`)"),
    ] {
        let estimate = call.estimate();
        assert_eq!((estimate.requests, estimate.scale), (3, Scale::Normalized));
        let error: Error = call.clone().await.unwrap_err();
        let said = error.to_string();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidRequest, 0)
        );
        for part in [
            "3 requests",
            "not known to compare",
            remedy,
            "merge_on(Scale::Normalized)",
        ] {
            assert!(said.contains(part), "{said}");
        }
        let batches: Vec<_> = call.batches().collect().await;
        assert!(batches.len() == 1 && batches[0].is_err());
    }
}

#[tokio::test]
async fn both_remedies_keep_the_documents_that_reach_the_threshold() {
    let (client, documents) = (client(), documents(300));
    let call = client.rerank("q", &documents);
    let raw = call.clone().scale(Scale::Raw).min_score(290.0);
    assert_eq!(indices(raw).await, [299, 298, 297, 296, 295]);
    let merged = call.merge_on(Scale::Normalized).min_score(MIDDLE);
    let ranking = merged.await.unwrap();
    assert_eq!(
        (ranking.hits.len(), ranking.scale),
        (295, Scale::Normalized)
    );
}

#[tokio::test]
async fn batches_leave_out_documents_below_the_threshold() {
    let (client, documents) = (client(), documents(300));
    let call = client.rerank("q", &documents).raw_scores().min_score(290.0);
    let batches: Vec<_> = call.batches().collect().await;
    let batches: Vec<_> = batches.into_iter().map(Result::unwrap).collect();
    let hits: usize = batches.iter().map(|batch| batch.hits.len()).sum();
    assert_eq!((batches.len(), hits), (3, 5));
    assert!(batches.iter().all(|batch| batch.scale == Scale::Raw));
}

#[tokio::test]
async fn settings_of_the_client_apply_to_its_calls_until_they_are_changed() {
    let backend = ScoreFn::new(|_, document| document.parse().unwrap());
    let builder = Reranker::builder().backend(backend);
    let client = builder.scale(Scale::Raw).min_score(2.0).build().unwrap();
    let documents = documents(11);
    let call = client.rerank("q", &documents);
    assert_eq!(indices(call.clone()).await, [10, 9, 8, 7]);
    assert_eq!(indices(call.min_score(4.0)).await, [10, 9]);
}

#[tokio::test]
async fn a_pinned_scale_is_requested_over_http() {
    let server = Server::bind("127.0.0.1:0", Lexical, Settings::default());
    let server = server.await.unwrap();
    let url = format!("http://{}/api", server.local_addr());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async { drop(stopped.await) }));
    let client = Reranker::builder().base_url(url).build().unwrap();
    let documents: Vec<_> = (0..200)
        .map(|number| format!("green tea {number}"))
        .collect();
    let raw = client.rerank("tea", &documents).scale(Scale::Raw).await;
    let merged = client.rerank("tea", &documents).merge_on(Scale::Normalized);
    let (raw, merged) = (raw.unwrap(), merged.await.unwrap());
    assert!(merged.iter().all(|hit| (0.0..=1.0).contains(&hit.score)));
    assert_ne!(raw.hits[0].score, merged.hits[0].score);
    drop(client);
    drop(stop);
    running.await.unwrap();
}

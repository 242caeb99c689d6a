//! Errors and their sources: the message is complete, and no source repeats it.

use std::error::Error as StdError;
use std::{fmt, io};

use bigmodel_rerank::{
    ApiKey, BackendResponse, BaseUrl, Error, ErrorKind, IndexedScore, Limits, Progress, Ranking,
    Rerank, Reranker, RerankerBuilder, Retry, Usage,
};

use crate::loopback::MockResponse;
use crate::support::{DOCUMENTS, KEY, VALID, call, failed, quick, response};

/// Returns the messages of the error and of all of its sources.
fn texts(error: &Error) -> Vec<String> {
    std::iter::successors(Some(error as &dyn StdError), |error| (**error).source())
        .map(ToString::to_string)
        .collect()
}

fn assert_each_once(error: &Error) {
    let texts = texts(error);
    for (place, text) in texts.iter().enumerate() {
        assert!(!text.is_empty() && !text.contains('\n'), "{texts:?}");
        for above in &texts[..place] {
            assert!(!above.contains(text.as_str()), "repeated: {texts:#?}");
        }
    }
}

#[tokio::test]
async fn no_message_is_in_a_chain_twice() {
    let cut = MockResponse::cut_short(200, VALID.as_bytes());
    let mut seen = Vec::new();
    for fault in [
        failed(400, "1214"),
        failed(400, "1301"),
        failed(401, "1000"),
        failed(403, "1220"),
        failed(404, ""),
        failed(429, "1113"),
        failed(429, "1302"),
        failed(500, "1200"),
        response(502, "<html>"),
        response(200, "{"),
        response(200, "{}"),
        response(200, &VALID.replace("0.75", "null")),
        MockResponse::new(307, &[("location", "/")], b""),
        MockResponse::Reset(Vec::new()),
        MockResponse::Reset(cut.clone()),
        MockResponse::Bytes(Vec::new()),
        MockResponse::Bytes(cut.clone()),
        MockResponse::Bytes(b"220 mail.example\r\n".to_vec()),
        MockResponse::Stall(Vec::new()),
        MockResponse::Stall(cut),
    ] {
        let (called, _) = call(vec![fault]).await;
        let error = called.unwrap_err();
        assert_each_once(&error);
        seen.push(error.kind());
    }
    use ErrorKind::*;
    let kinds = [
        InvalidRequest,
        ContentRefused,
        Authentication,
        Permission,
        Quota,
        RateLimited,
        Service,
        InvalidResponse,
        Transport,
    ];
    assert!(kinds.iter().all(|kind| seen.contains(kind)), "{seen:?}");
}

#[tokio::test]
async fn errors_before_anything_is_sent_have_each_message_once() {
    let client = quick("http://127.0.0.1:1/api").build().unwrap();
    let long = "x".repeat(5000);
    let too_long = client.rerank("q", &[&long]).await.unwrap_err();
    let query = client.rerank(&long, &DOCUMENTS).await.unwrap_err();
    let user = client
        .rerank("q", &DOCUMENTS)
        .user_id("x")
        .await
        .unwrap_err();
    let budget = client.rerank("q", &DOCUMENTS).budget(1).await.unwrap_err();
    let refused = client.rerank("q", &DOCUMENTS).await.unwrap_err();
    let file = ApiKey::from_file("/nowhere/key").unwrap_err();
    let url = quick("ftp://host").build().unwrap_err();
    for error in [too_long, query, user, budget, refused, file, url] {
        assert_each_once(&error);
    }
}

#[tokio::test]
async fn a_failed_connection_names_the_server_and_its_chain_has_the_causes() {
    let client = quick("http://127.0.0.1:1/api").build().unwrap();
    let error = client.rerank("q", &DOCUMENTS).await.unwrap_err();
    let texts = texts(&error);
    assert!(
        texts[0].starts_with("no response: the connection to http://127.0.0.1:1 was refused ("),
        "{texts:?}"
    );
    assert!(texts.len() > 1, "{texts:?}");
}

/// An error of the caller's own backend.
#[derive(Debug)]
struct Own(io::Error);

impl fmt::Display for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is closed")
    }
}

impl StdError for Own {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn the_sources_of_a_backends_own_error_are_kept() {
    let error = Error::from_transport(Own(io::Error::other("no such queue")));
    assert_eq!(
        texts(&error),
        ["no response: the queue is closed", "no such queue"]
    );
    let source = error.source().unwrap();
    assert!(source.downcast_ref::<io::Error>().is_some());
    let long = Error::from_response(400, None, &"長".repeat(3000));
    assert!(long.to_string().contains("… (3000 characters)"), "{long}");
}

#[tokio::test]
async fn without_a_key_a_refusal_names_the_variables_to_set() {
    let server = crate::loopback::Loopback::start(failed(401, "1001")).unwrap();
    let client = Reranker::builder().base_url(server.url("/api"));
    let error = client.build().unwrap().rerank("a", &DOCUMENTS).await;
    let said = error.unwrap_err().to_string();
    let wanted = "authentication failed: no API key was sent; set one of ZHIPUAI_API_KEY, \
                  ZAI_API_KEY, ZHIPU_API_KEY; words for people (HTTP 401, code 1001";
    assert!(said.starts_with(wanted), "{said}");
    let (called, _) = call(vec![failed(401, "1001")]).await;
    let said = called.unwrap_err().to_string();
    assert!(
        !said.contains("no API key was sent") && !said.contains(KEY),
        "{said}"
    );
}

/// Compiles only if values of the type may move to other threads.
fn may_move<T: Send + Sync + 'static>() {}

#[test]
fn public_types_may_move_to_other_threads() {
    may_move::<ApiKey>();
    may_move::<BackendResponse>();
    may_move::<BaseUrl>();
    may_move::<Error>();
    may_move::<ErrorKind>();
    may_move::<IndexedScore>();
    may_move::<Limits>();
    may_move::<Progress>();
    may_move::<Ranking<'static, String>>();
    may_move::<Rerank<'static, String>>();
    may_move::<Reranker>();
    may_move::<RerankerBuilder>();
    may_move::<Retry>();
    may_move::<Usage>();
    may_move::<bigmodel_rerank::Authentication>();
    may_move::<bigmodel_rerank::Batch<'static, String>>();
    may_move::<bigmodel_rerank::BlankDocuments>();
    may_move::<bigmodel_rerank::CancellationToken>();
    may_move::<bigmodel_rerank::Estimate>();
    may_move::<bigmodel_rerank::Hit<'static, String>>();
    may_move::<bigmodel_rerank::LongDocuments>();
    may_move::<bigmodel_rerank::Partial>();
    may_move::<bigmodel_rerank::RefusedDocument<'static, String>>();
    may_move::<bigmodel_rerank::RefusedDocuments>();
    may_move::<bigmodel_rerank::Scale>();
    may_move::<Box<dyn bigmodel_rerank::Backend>>();
    may_move::<Box<dyn bigmodel_rerank::ResponseCache>>();
    may_move::<bigmodel_rerank::testing::ScoreFn<fn(&str, &str) -> f32>>();
    #[cfg(feature = "blocking")]
    may_move::<bigmodel_rerank::blocking::Reranker>();
}

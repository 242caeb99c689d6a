//! Errors and what is below them: nothing is said twice, and the first line says it all.

use std::error::Error as StdError;
use std::{fmt, io};

use bigmodel_rerank::{
    ApiKey, BackendResponse, BaseUrl, Error, ErrorKind, IndexedScore, Limits, Progress, Ranking,
    Rerank, Reranker, RerankerBuilder, Retry, Usage,
};

use crate::loopback::MockResponse;
use crate::support::{DOCUMENTS, KEY, SOUND, answer, call, failed, quick};

/// The texts of the error and of all that is below it.
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
            assert!(!above.contains(text.as_str()), "said twice: {texts:#?}");
        }
    }
}

#[tokio::test]
async fn no_text_is_in_a_chain_twice() {
    let cut = MockResponse::cut_short(200, SOUND.as_bytes());
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
        answer(502, "<html>"),
        answer(200, "{"),
        answer(200, "{}"),
        answer(200, &SOUND.replace("0.75", "null")),
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
async fn failures_that_are_told_before_anything_is_sent_are_told_once() {
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
async fn a_failed_connection_says_who_was_asked_and_its_chain_says_how_it_failed() {
    let client = quick("http://127.0.0.1:1/api").build().unwrap();
    let error = client.rerank("q", &DOCUMENTS).await.unwrap_err();
    let texts = texts(&error);
    assert!(
        texts[0].starts_with("no response: the connection to http://127.0.0.1:1 was refused ("),
        "{texts:?}"
    );
    assert!(texts.len() > 1, "{texts:?}");
}

/// An error of a backend of the caller's own.
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
fn what_is_below_a_backends_own_error_stays() {
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
async fn without_a_key_a_refusal_says_which_variables_are_read() {
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

/// Compiles only if values of the type may go to other threads.
fn goes_anywhere<T: Send + Sync + 'static>() {}

#[test]
fn public_types_go_to_other_threads() {
    goes_anywhere::<ApiKey>();
    goes_anywhere::<BackendResponse>();
    goes_anywhere::<BaseUrl>();
    goes_anywhere::<Error>();
    goes_anywhere::<ErrorKind>();
    goes_anywhere::<IndexedScore>();
    goes_anywhere::<Limits>();
    goes_anywhere::<Progress>();
    goes_anywhere::<Ranking<'static, String>>();
    goes_anywhere::<Rerank<'static, String>>();
    goes_anywhere::<Reranker>();
    goes_anywhere::<RerankerBuilder>();
    goes_anywhere::<Retry>();
    goes_anywhere::<Usage>();
    goes_anywhere::<bigmodel_rerank::Authentication>();
    goes_anywhere::<bigmodel_rerank::Batch<'static, String>>();
    goes_anywhere::<bigmodel_rerank::CancellationToken>();
    goes_anywhere::<bigmodel_rerank::Estimate>();
    goes_anywhere::<bigmodel_rerank::Hit<'static, String>>();
    goes_anywhere::<bigmodel_rerank::LongDocuments>();
    goes_anywhere::<bigmodel_rerank::Partial>();
    goes_anywhere::<bigmodel_rerank::Scale>();
    goes_anywhere::<Box<dyn bigmodel_rerank::Backend>>();
    goes_anywhere::<Box<dyn bigmodel_rerank::ResponseCache>>();
    goes_anywhere::<bigmodel_rerank::testing::ScoreFn<fn(&str, &str) -> f32>>();
    #[cfg(feature = "blocking")]
    goes_anywhere::<bigmodel_rerank::blocking::Reranker>();
}

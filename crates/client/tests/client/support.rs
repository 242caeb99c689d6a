//! Calls against a server that answers as told.

use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

use bigmodel_rerank::{ApiKey, Error, Ranking, Reranker, RerankerBuilder, Retry};
use serde_json::Value;

use crate::loopback::{Loopback, MockResponse, Request};

/// The key of every call here: nothing that the client says may hold any part of it.
pub(crate) const KEY: &str = "kenning.sesame-opens";

pub(crate) const DOCUMENTS: [&str; 2] = ["copper wire", "iron bar"];

/// A sound answer for [`DOCUMENTS`].
pub(crate) const SOUND: &str = r#"{"id":"1","results":[{"index":1,"relevance_score":0.75},{"index":0,"relevance_score":0.5}],"usage":{"prompt_tokens":7,"total_tokens":7}}"#;

/// A client that waits for nothing and nobody for long.
pub(crate) fn quick(base_url: &str) -> RerankerBuilder {
    let instant = Duration::from_millis(1);
    Reranker::builder()
        .base_url(base_url)
        .api_key(ApiKey::new(KEY).unwrap())
        .retry(Retry::default().max_attempts(3).backoff(instant, instant))
        .attempt_timeout(Duration::from_millis(500))
        .timeout(Duration::from_secs(20))
}

/// Ranks [`DOCUMENTS`] with a server that gives these answers; and what the server was sent.
pub(crate) async fn call(
    answers: Vec<MockResponse>,
) -> (Result<Ranking<'static, &'static str>, Error>, Vec<Request>) {
    let server = Loopback::start_each(answers).unwrap();
    let client = quick(&server.url("/api")).build().unwrap();
    let called = client.rerank("uses of copper", &DOCUMENTS).await;
    (called.map_err(keeping_secrets), server.finish())
}

/// An answer with this status and body.
pub(crate) fn answer(status: u16, body: &str) -> MockResponse {
    MockResponse::new(
        status,
        &[("content-type", "application/json")],
        body.as_bytes(),
    )
}

/// A failure in the service's form.
pub(crate) fn failed(status: u16, code: &str) -> MockResponse {
    let body = format!(r#"{{"error":{{"code":"{code}","message":"words for people"}}}}"#);
    answer(status, &body)
}

pub(crate) fn body(request: &Request) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

/// The error, once nothing of the key is found in it or in what caused it.
pub(crate) fn keeping_secrets(error: Error) -> Error {
    assert_secret(&error.to_string());
    assert_hidden(&error);
    let mut source = error.source();
    while let Some(cause) = source {
        assert_secret(&cause.to_string());
        assert_hidden(&cause);
        source = cause.source();
    }
    error
}

/// Debug output holds nothing of the key.
pub(crate) fn assert_hidden(value: &impl Debug) {
    assert_secret(&format!("{value:#?}"));
}

fn assert_secret(text: &str) {
    for part in KEY.split(['.', '-']) {
        assert!(!text.contains(part), "{text}");
    }
}

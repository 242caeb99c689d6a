//! Calls to a server with given responses.

use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

use bigmodel_rerank::{ApiKey, Error, Ranking, Reranker, RerankerBuilder, Retry};
use serde_json::Value;

use crate::loopback::{Loopback, MockResponse, Request};

/// The key of every call in these tests. No output of the client may contain any part of it.
pub(crate) const KEY: &str = "kenning.sesame-opens";

pub(crate) const DOCUMENTS: [&str; 2] = ["copper wire", "iron bar"];

/// A valid response for [`DOCUMENTS`].
pub(crate) const VALID: &str = r#"{"id":"1","results":[{"index":1,"relevance_score":0.75},{"index":0,"relevance_score":0.5}],"usage":{"prompt_tokens":7,"total_tokens":7}}"#;

/// Returns a client with short timeouts and delays.
pub(crate) fn quick(base_url: &str) -> RerankerBuilder {
    let instant = Duration::from_millis(1);
    Reranker::builder()
        .base_url(base_url)
        .api_key(ApiKey::new(KEY).unwrap())
        .retry(Retry::default().max_attempts(3).backoff(instant, instant))
        .attempt_timeout(Duration::from_millis(500))
        .timeout(Duration::from_secs(20))
}

/// Ranks [`DOCUMENTS`] with a server that sends these responses, and returns the requests that
/// it received.
pub(crate) async fn call(
    responses: Vec<MockResponse>,
) -> (Result<Ranking<'static, &'static str>, Error>, Vec<Request>) {
    let server = Loopback::start_each(responses).unwrap();
    let client = quick(&server.url("/api")).build().unwrap();
    let called = client.rerank("uses of copper", &DOCUMENTS).await;
    (called.map_err(keeping_secrets), server.finish())
}

/// Returns a JSON response with this status and body.
pub(crate) fn response(status: u16, body: &str) -> MockResponse {
    MockResponse::new(
        status,
        &[("content-type", "application/json")],
        body.as_bytes(),
    )
}

/// Returns a failure in the service's format.
pub(crate) fn failed(status: u16, code: &str) -> MockResponse {
    let body = format!(r#"{{"error":{{"code":"{code}","message":"words for people"}}}}"#);
    response(status, &body)
}

pub(crate) fn body(request: &Request) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

/// Returns the error, after checking that neither it nor its sources contain a part of the key.
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

/// Checks that the `Debug` output contains no part of the key.
pub(crate) fn assert_hidden(value: &impl Debug) {
    assert_secret(&format!("{value:#?}"));
}

fn assert_secret(text: &str) {
    for part in KEY.split(['.', '-']) {
        assert!(!text.contains(part), "{text}");
    }
}

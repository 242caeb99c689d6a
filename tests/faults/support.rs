//! Calls against a server that answers as told, and the watch over the key.

use std::fmt::Debug;

use super::api::types::{ErrorResponse, Model, RerankRequest, RerankResponse};
use super::api::{Client, Error, Response};
use crate::loopback::{Loopback, MockResponse};

/// The key of every call here: no message may hold any part of it.
pub(crate) const KEY: &str = "kenning.sesame-opens";

pub(crate) type Called = Result<Response<RerankResponse>, Error<ErrorResponse>>;

/// The smallest request.
pub(crate) fn request() -> RerankRequest {
    RerankRequest::new(Model::Rerank, "uses of copper", ["Copper wire"])
}

/// Calls a server that gives `answer`, which must see this one connection and no other.
pub(crate) async fn call(answer: MockResponse) -> Called {
    let server = Loopback::start(answer).unwrap();
    let client = Client::bearer(&server.url("/api"), KEY).unwrap();
    let called = client.rerank(&request()).await;
    assert_eq!(server.finish().len(), 1, "one call, one connection");
    called
}

/// As [`call`], where it fails.
pub(crate) async fn fail(answer: MockResponse) -> Error<ErrorResponse> {
    keeping_secrets(call(answer).await.unwrap_err())
}

/// As [`call`], with status 200 and this body.
pub(crate) async fn call_for(body: &str) -> Called {
    call(MockResponse::new(200, &[], body.as_bytes())).await
}

/// The error, once nothing of the key is found in it or in what caused it, and no message of
/// the chain says again what the next one says.
pub(crate) fn keeping_secrets(error: Error<ErrorResponse>) -> Error<ErrorResponse> {
    assert_chain(&error);
    error
}

/// Each message of the chain keeps the key, and leaves the cause to the next one.
pub(crate) fn assert_chain(error: &dyn std::error::Error) {
    let message = error.to_string();
    assert_secret(&message);
    assert_hidden(&error);
    let Some(cause) = error.source() else { return };
    let reason = cause.to_string();
    assert!(!message.contains(&reason), "{message:?} repeats {reason:?}");
    assert_chain(cause);
}

/// Debug output, on one line and on many, holds nothing of the key.
pub(crate) fn assert_hidden(value: &impl Debug) {
    assert_secret(&format!("{value:?}"));
    assert_secret(&format!("{value:#?}"));
}

pub(crate) fn assert_secret(text: &str) {
    for part in KEY.split(['.', '-']) {
        assert!(!text.contains(part), "{text}");
    }
}

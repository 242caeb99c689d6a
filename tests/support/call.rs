//! A documented request, made with the API of one generated crate: `super::api`.
//!
//! Compiled once over the accepted crate and once over the candidate; what comes of the call
//! is told in words that both share.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a documented request that cannot be built is a failed test"
)]

use serde_json::{Map, Value};

use super::api::types::RerankRequest;
use super::api::{Client, Error};
use crate::outcome::Outcome;

/// The request with this body, by constructor and setters.
fn request(body: &Map<String, Value>) -> RerankRequest {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let flag = |value: &Value| value.as_bool().expect("true or false");
    let documents = body["documents"].as_array().expect("a list");
    let mut request = RerankRequest::new(
        text(&body["model"]),
        text(&body["query"]),
        documents.iter().map(text),
    );
    for (name, value) in body {
        request = match name.as_str() {
            "model" | "query" | "documents" => request,
            "top_n" => request.top_n(value.as_i64().expect("a number") as _),
            "return_documents" => request.return_documents(flag(value)),
            "return_raw_scores" => request.return_raw_scores(flag(value)),
            "request_id" => request.request_id(text(value)),
            "user_id" => request.user_id(text(value)),
            other => panic!("no setter for `{other}`: add it here"),
        };
    }
    request
}

/// Makes the call, and tells what the client made of the answer.
pub(crate) async fn call(base_url: &str, key: Option<&str>, body: &Map<String, Value>) -> Outcome {
    let client = match key {
        Some(key) => Client::bearer(base_url, key),
        None => Client::new(base_url),
    };
    let client = client.expect("the loopback server has a base URL");
    match client.rerank(&request(body)).await {
        Ok(answer) => Outcome::Answer {
            status: answer.status().as_u16(),
            value: as_sent(&*answer),
        },
        Err(Error::Api(answer)) => Outcome::Api {
            status: answer.status().as_u16(),
            value: as_sent(&**answer),
        },
        Err(Error::Unexpected { response, reason }) => Outcome::Unexpected {
            status: response.status().as_u16(),
            body: response.body().to_vec(),
            reason: reason.map(|reason| reason.to_string()),
        },
        Err(other) => Outcome::Failed(format!("{other:?}")),
    }
}

/// The value as JSON on the wire: a score keeps the few digits that an `f32` has.
fn as_sent(value: &impl serde::Serialize) -> Value {
    let text = serde_json::to_string(value).expect("an answer is JSON");
    serde_json::from_str(&text).expect("JSON is read back")
}

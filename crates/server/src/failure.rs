//! What goes wrong, in the service's own form and codes.

use std::borrow::Cow;
use std::fmt;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bigmodel_rerank_api::types::{ErrorDetail, ErrorResponse, Model};
use bigmodel_rerank_api::validation::Violations;

use crate::access::{self, Outcome};
use crate::body;

/// The models that the contract lists; all are served by the one scorer.
const MODELS: [Model; 4] = [
    Model::Rerank,
    Model::GlmRerank,
    Model::Rerank2,
    Model::RerankPro,
];
/// How many broken limits one message names.
const NAMED: usize = 5;
/// How much of what a caller sent one message repeats, in characters.
const QUOTED: usize = 200;
/// The longest id that a refusal repeats, in bytes.
const LONGEST_ID: usize = 256;
/// When to try again, in seconds.
const RETRY_AFTER: &str = "1";

/// A request that gets no ranking.
#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    /// The service's business code.
    code: &'static str,
    message: Cow<'static, str>,
    /// The id that the request brought.
    request_id: Option<String>,
}

impl Failure {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            request_id: None,
        }
    }

    /// Of the request with this id, if it brought one. An id as long as a text is not repeated:
    /// whatever was refused is answered in few bytes.
    pub(crate) fn about(self, request_id: Option<String>) -> Self {
        let request_id = request_id.filter(|id| id.len() <= LONGEST_ID);
        Self { request_id, ..self }
    }

    pub(crate) fn no_key() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "1001",
            "no API key: send the header Authorization: Bearer KEY",
        )
    }

    pub(crate) fn wrong_key() -> Self {
        let message = "the API key in the Authorization header is not one that is accepted here";
        Self::new(StatusCode::UNAUTHORIZED, "1000", message)
    }

    /// The body is not JSON, or no object.
    pub(crate) fn malformed(reason: impl fmt::Display) -> Self {
        let message = shortened(&format!("the body is not a JSON object: {reason}"));
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    /// There is something after the body's object.
    pub(crate) fn more_than_an_object(reason: impl fmt::Display) -> Self {
        let message = format!("the body goes on after its JSON object: {reason}");
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    /// The body ended before it was whole.
    pub(crate) fn cut_short() -> Self {
        let message = "the body ended before all of it was sent";
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    pub(crate) fn unknown_model(model: &str) -> Self {
        let message = format!(
            "model: `{}` is not known here; {} are",
            shortened(model),
            MODELS.each_ref().map(Model::as_str).join(", ")
        );
        Self::new(StatusCode::BAD_REQUEST, "1211", message)
    }

    pub(crate) fn missing(field: &str) -> Self {
        let message = format!("{field}: required, and missing");
        Self::new(StatusCode::BAD_REQUEST, "1213", message)
    }

    /// A value of the wrong kind.
    pub(crate) fn illegal(field: impl fmt::Display, reason: impl fmt::Display) -> Self {
        let message = shortened(&format!("{field}: {reason}"));
        Self::new(StatusCode::BAD_REQUEST, "1214", message)
    }

    pub(crate) fn broken_limits(broken: &Violations) -> Self {
        let mut message = String::new();
        for violation in broken.iter().take(NAMED) {
            let separator = if message.is_empty() { "" } else { "; " };
            message.push_str(&format!("{separator}{violation}"));
        }
        let more = broken.iter().count().saturating_sub(NAMED);
        if more > 0 {
            message.push_str(&format!("; and {more} more"));
        }
        Self::new(StatusCode::BAD_REQUEST, "1214", message)
    }

    pub(crate) fn unknown_path(method: &str, path: &str) -> Self {
        let message = format!(
            "{} {}: no such API; POST /api/paas/v4/rerank is here",
            shortened(method),
            shortened(path)
        );
        Self::new(StatusCode::NOT_FOUND, "1222", message)
    }

    pub(crate) fn wrong_method(method: &str, path: &str) -> Self {
        let message = format!(
            "{} is not for the method {}; the Allow header names those it is for",
            shortened(path),
            shortened(method)
        );
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "1212", message)
    }

    pub(crate) fn too_slow() -> Self {
        let message = "the body took too long to arrive";
        Self::new(StatusCode::REQUEST_TIMEOUT, "1210", message)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let message = format!("the body is larger than {limit} bytes, the most that is read here");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "1261", message)
    }

    pub(crate) fn unreadable(what: &'static str) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "1210", what)
    }

    pub(crate) fn too_many(limit: usize) -> Self {
        let message =
            format!("as many requests are under way as are served at once, {limit}; try again");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "1302", message)
    }

    pub(crate) fn overloaded() -> Self {
        let message = "scoring took too long; try again";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "1230", message)
    }

    /// A defect of this server. What it was stands in the log.
    pub(crate) fn defect() -> Self {
        let message = "the server failed on this request; its log says how";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "1230", message)
    }
}

/// What a caller sent, short enough to be repeated.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let outcome = Outcome {
            code: self.code,
            request_id: access::shortened(self.request_id.as_deref().unwrap_or_default())
                .to_owned(),
            ..Outcome::default()
        };
        let mut error = ErrorResponse::new(ErrorDetail::new(self.code, self.message));
        error.request_id = self.request_id;
        let mut response = body::json(self.status, &error);
        response.extensions_mut().insert(outcome);
        let headers = response.headers_mut();
        match self.status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
            }
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}

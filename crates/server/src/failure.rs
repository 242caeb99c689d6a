//! Failures of requests, in the service's form and with its codes.
//!
//! The messages are in the files below.

mod access;
mod http;
mod load;
mod request;

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bigmodel_rerank_api::types::{ErrorDetail, ErrorResponse};

use crate::body;
use crate::outcome::{self, Outcome, Refusal};

/// The most characters of a caller's text that one message repeats.
const QUOTED: usize = 200;
/// The longest id that a refusal repeats, in bytes.
pub(crate) const LONGEST_ID: usize = 256;
/// The delay before a retry, in seconds.
const RETRY_AFTER: &str = "1";

#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    /// The service's business code.
    code: &'static str,
    message: Cow<'static, str>,
    /// The limit that the request exceeded, if any.
    refusal: Option<Refusal>,
    /// The id of the request.
    request_id: Option<String>,
}

impl Failure {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            refusal: None,
            request_id: None,
        }
    }

    fn by(self, refusal: Refusal) -> Self {
        Self {
            refusal: Some(refusal),
            ..self
        }
    }

    /// Sets the id of the request, if it has one. A long id is not repeated, so that every refusal
    /// takes few bytes.
    pub(crate) fn about(self, request_id: Option<String>) -> Self {
        let request_id = request_id.filter(|id| id.len() <= LONGEST_ID);
        Self { request_id, ..self }
    }

    /// An internal error, which the log describes.
    pub(crate) fn defect() -> Self {
        let message = "internal error: see the log of the server";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "1230", message)
    }
}

/// Truncates a caller's text for a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let id = self.request_id.as_deref().unwrap_or_default();
        let outcome = Outcome {
            code: self.code,
            refusal: self.refusal,
            request_id: outcome::shortened(id).to_owned(),
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

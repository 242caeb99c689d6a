//! Error responses, in the service's own form and with its codes.
//!
//! The messages are in the modules below, by kind of failure.

mod authentication;
pub(crate) mod codes;
mod forms;
mod http;
mod load;
mod request;

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bigmodel_rerank_api::types::{ErrorDetail, ErrorResponse};
use serde::Serialize;

use crate::body;
use crate::outcome::{self, Outcome, Refusal};

/// The maximum length of a quotation from a request in a message, in characters.
const MAX_QUOTED: usize = 200;
/// The maximum length of a `request_id` that an error response repeats, in bytes.
pub(crate) const MAX_REPEATED_ID: usize = 256;
/// The value of `Retry-After`, in seconds.
const RETRY_AFTER: &str = "1";

#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    /// The service's business code.
    code: &'static str,
    message: Cow<'static, str>,
    /// The limit that the request exceeded, if any.
    refusal: Option<Refusal>,
    /// Whether the request has no documents.
    empty_batch: bool,
    /// The `request_id` of the request.
    request_id: Option<String>,
}

impl Failure {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            refusal: None,
            empty_batch: false,
            request_id: None,
        }
    }

    fn refused_by(self, refusal: Refusal) -> Self {
        Self {
            refusal: Some(refusal),
            ..self
        }
    }

    /// Sets the id of the request, unless it is too long to be repeated: error responses are short.
    pub(crate) fn with_request_id(self, request_id: Option<String>) -> Self {
        let request_id = request_id.filter(|id| id.len() <= MAX_REPEATED_ID);
        Self { request_id, ..self }
    }

    /// Returns the failure for a defect of this server; details are only in the log.
    pub(crate) fn internal_error() -> Self {
        let message = "internal error: see the log of the server";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "1230", message)
    }
}

/// Returns a quotation from a request, cut to the maximum length.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl Failure {
    /// Returns the status in the service's own form.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the service's business code.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// Returns whether the request has no documents.
    pub(crate) fn is_empty_batch(&self) -> bool {
        self.empty_batch
    }

    /// Returns what is wrong.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Returns a response with this status and body, and with the headers of the failure.
    pub(crate) fn respond(&self, status: StatusCode, error: &impl Serialize) -> Response {
        let id = self.request_id.as_deref().unwrap_or_default();
        let outcome = Outcome {
            code: self.code,
            refusal: self.refusal,
            request_id: outcome::shortened(id).to_owned(),
            ..Outcome::default()
        };
        let mut response = body::json(status, error);
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

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let detail = ErrorDetail::new(self.code, self.message.as_ref());
        let mut error = ErrorResponse::new(detail);
        error.request_id.clone_from(&self.request_id);
        self.respond(self.status, &error)
    }
}

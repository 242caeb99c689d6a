//! A request that gets no ranking: the service's own form, with its codes.
//!
//! What each failure says is in the files below.

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

/// How much of what a caller sent one message repeats, in characters.
const QUOTED: usize = 200;
/// The longest id that a refusal repeats, in bytes.
pub(crate) const LONGEST_ID: usize = 256;
/// When to try again, in seconds.
const RETRY_AFTER: &str = "1";

#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    /// The service's business code.
    code: &'static str,
    message: Cow<'static, str>,
    /// The limit that refused the request, where one did.
    refusal: Option<Refusal>,
    /// The id that the request brought.
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

    /// Of the request with this id, if it brought one. An id as long as a text is not repeated:
    /// whatever was refused is answered in few bytes.
    pub(crate) fn about(self, request_id: Option<String>) -> Self {
        let request_id = request_id.filter(|id| id.len() <= LONGEST_ID);
        Self { request_id, ..self }
    }

    /// A defect of this server, which the log describes.
    pub(crate) fn defect() -> Self {
        let message = "internal error: the server failed on this request; its log says how";
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

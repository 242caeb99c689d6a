//! Failures in the forms of other clients.

use axum::http::StatusCode;
use axum::response::Response;
use bigmodel_rerank_form_cohere::types::ErrorMessage;
use bigmodel_rerank_form_jina::types::ErrorDetail;
use bigmodel_rerank_form_tei::types::{ErrorResponse, ErrorType};
use uuid::Uuid;

use crate::failure::{Failure, codes};

/// Returns a failure in the form of Cohere.
pub(super) fn cohere(failure: Failure) -> Response {
    let id = Uuid::new_v4().to_string();
    failure.respond(failure.status(), &ErrorMessage::new(id, failure.message()))
}

/// Returns a failure in the form of Jina, which has a status of its own for invalid fields.
pub(super) fn jina(failure: Failure) -> Response {
    let status = match failure.code() {
        codes::MISSING_FIELD | codes::INVALID_FIELD => StatusCode::UNPROCESSABLE_ENTITY,
        _ => failure.status(),
    };
    failure.respond(status, &ErrorDetail::new(failure.message()))
}

/// Returns a failure in the form of TEI.
pub(super) fn tei(failure: Failure) -> Response {
    let (status, kind) = match (failure.code(), failure.status()) {
        _ if failure.is_empty_batch() => (StatusCode::BAD_REQUEST, ErrorType::Empty),
        (codes::MISSING_FIELD | codes::INVALID_FIELD, _) => {
            (StatusCode::UNPROCESSABLE_ENTITY, ErrorType::Validation)
        }
        (codes::TOO_LARGE, _) => (StatusCode::PAYLOAD_TOO_LARGE, ErrorType::Validation),
        (_, StatusCode::TOO_MANY_REQUESTS) => {
            (StatusCode::TOO_MANY_REQUESTS, ErrorType::Overloaded)
        }
        (_, StatusCode::SERVICE_UNAVAILABLE) => {
            (StatusCode::SERVICE_UNAVAILABLE, ErrorType::Overloaded)
        }
        (_, StatusCode::INTERNAL_SERVER_ERROR) => {
            (StatusCode::FAILED_DEPENDENCY, ErrorType::Backend)
        }
        (_, status) => (status, ErrorType::Validation),
    };
    failure.respond(status, &ErrorResponse::new(failure.message(), kind))
}

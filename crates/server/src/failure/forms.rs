//! Failures that only other clients' forms have.

use std::fmt;

use axum::http::StatusCode;

use super::{Failure, codes};

impl Failure {
    /// Returns the failure for an empty list of documents.
    pub(crate) fn no_documents(field: &str) -> Self {
        let mut failure = Self::invalid_value(field, "expected at least 1 document, found none");
        failure.empty_batch = true;
        failure
    }

    /// Returns the failure for a value that has none of the forms that are described.
    pub(crate) fn unknown_form(field: impl fmt::Display, forms: &str) -> Self {
        Self::invalid_value(field, format_args!("expected {forms}"))
    }

    /// Returns the failure for more documents than a request may have.
    pub(crate) fn too_many_documents(field: &str, found: usize, limit: usize) -> Self {
        let message = format!("{field}: expected at most {limit} items, found {found}");
        Self::new(StatusCode::BAD_REQUEST, codes::TOO_LARGE, message)
    }

    /// Returns the failure for a body with more values than any valid request has.
    pub(crate) fn too_many_values(found: usize, limit: usize) -> Self {
        let message = format!("the body has about {found} values, at most {limit}");
        Self::new(StatusCode::BAD_REQUEST, codes::TOO_LARGE, message)
    }
}

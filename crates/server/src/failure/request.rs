//! Failures of bodies that do not conform to the contract.

use std::fmt;

use axum::http::StatusCode;
use bigmodel_rerank_api::types::Model;
use bigmodel_rerank_api::validation::Violations;

use super::{Failure, codes, shortened};

/// The maximum number of violations in one message.
const MAX_VIOLATIONS: usize = 5;

impl Failure {
    /// Returns the failure for a body that is not JSON or not an object.
    pub(crate) fn malformed(reason: impl fmt::Display) -> Self {
        let message = shortened(&format!("the body is not a JSON object: {reason}"));
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    /// Returns the failure for a body that continues after its object.
    pub(crate) fn trailing_characters(reason: impl fmt::Display) -> Self {
        let message = format!("the body has text after its JSON object: {reason}");
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    pub(crate) fn unknown_model(model: &str) -> Self {
        let known: Vec<_> = Model::KNOWN.iter().map(Model::as_str).collect();
        let message = format!(
            "model: unknown model `{}`; expected one of {}",
            shortened(model),
            known.join(", ")
        );
        Self::new(StatusCode::BAD_REQUEST, "1211", message)
    }

    pub(crate) fn missing(field: &str) -> Self {
        let message = format!("{field}: required field is missing");
        Self::new(StatusCode::BAD_REQUEST, codes::MISSING_FIELD, message)
    }

    /// Returns the failure for an invalid value of a field.
    pub(crate) fn invalid_value(field: impl fmt::Display, reason: impl fmt::Display) -> Self {
        let message = shortened(&format!("{field}: {reason}"));
        Self::new(StatusCode::BAD_REQUEST, codes::INVALID_FIELD, message)
    }

    /// Returns the failure for a text that was cut inside a character.
    pub(crate) fn unpaired_surrogate(field: &str, line: usize, column: usize) -> Self {
        let reason = format!(
            "unpaired surrogate at line {line} column {column}; cut texts between characters"
        );
        Self::invalid_value(field, reason)
    }

    pub(crate) fn exceeded_limits(violations: &Violations) -> Self {
        let mut message = String::new();
        for violation in violations.iter().take(MAX_VIOLATIONS) {
            let separator = if message.is_empty() { "" } else { "; " };
            message.push_str(&format!("{separator}{violation}"));
        }
        let more = violations.iter().count().saturating_sub(MAX_VIOLATIONS);
        if more > 0 {
            message.push_str(&format!("; and {more} more"));
        }
        Self::new(StatusCode::BAD_REQUEST, codes::INVALID_FIELD, message)
    }
}

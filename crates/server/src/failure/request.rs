//! Failures of a body that is not a request of the contract.

use std::fmt;

use axum::http::StatusCode;
use bigmodel_rerank_api::types::Model;
use bigmodel_rerank_api::validation::Violations;

use super::{Failure, shortened};
use crate::request::MODELS;

/// The most broken limits that one message lists.
const NAMED: usize = 5;

impl Failure {
    /// The body is not a JSON object.
    pub(crate) fn malformed(reason: impl fmt::Display) -> Self {
        let message = shortened(&format!("the body is not a JSON object: {reason}"));
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    /// The body has text after its object.
    pub(crate) fn more_than_an_object(reason: impl fmt::Display) -> Self {
        let message = format!("the body has text after its JSON object: {reason}");
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    pub(crate) fn unknown_model(model: &str) -> Self {
        let message = format!(
            "model: unknown model `{}`; expected one of {}",
            shortened(model),
            MODELS.each_ref().map(Model::as_str).join(", ")
        );
        Self::new(StatusCode::BAD_REQUEST, "1211", message)
    }

    pub(crate) fn missing(field: &str) -> Self {
        let message = format!("{field}: required field is missing");
        Self::new(StatusCode::BAD_REQUEST, "1213", message)
    }

    /// A value of the wrong type.
    pub(crate) fn illegal(field: impl fmt::Display, reason: impl fmt::Display) -> Self {
        let message = shortened(&format!("{field}: {reason}"));
        Self::new(StatusCode::BAD_REQUEST, "1214", message)
    }

    /// A text that begins or ends within a character.
    pub(crate) fn half_a_pair(field: &str, line: usize, column: usize) -> Self {
        let reason = format!(
            "unpaired surrogate at line {line} column {column}; cut texts between characters"
        );
        Self::illegal(field, reason)
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
}

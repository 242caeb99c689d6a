//! Scored documents in the order of their scores.

use axum::http::StatusCode;
use axum::response::Response;
use bigmodel_rerank_engine::{Cancellation, Score, Scored, ranking};
use serde::Serialize;

use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::state::State;
use crate::{body, scoring};

/// The scores of a request.
pub(super) struct Ranked(Scored);

impl Ranked {
    /// Scores the documents.
    pub(super) fn score(
        state: &State,
        query: &str,
        documents: &[&str],
        cancellation: &Cancellation,
    ) -> Result<Self, Failure> {
        scoring::score(state, query, documents, cancellation).map(Self)
    }

    /// Returns the results, best first: index and score.
    pub(super) fn best(&self, count: usize) -> impl Iterator<Item = (usize, &Score)> {
        let documents = &self.0.documents;
        let indices = ranking(documents).into_iter().take(count);
        indices.filter_map(|index| documents.get(index).map(|score| (index, score)))
    }

    /// Returns the number of tokens of query and documents, by the documented formula.
    pub(super) fn tokens(&self) -> i64 {
        i64::try_from(self.0.prompt_tokens()).unwrap_or(i64::MAX)
    }

    /// Returns a response that is counted and logged.
    pub(super) fn respond(&self, value: &impl Serialize) -> Response {
        let outcome = Outcome {
            documents: self.0.documents.len(),
            tokens: self.0.prompt_tokens(),
            cut: self.0.cut,
            ..Outcome::default()
        };
        let mut response = body::json(StatusCode::OK, value);
        outcome.attach(&mut response);
        response
    }
}

/// Returns an index as the generated types have it.
pub(super) fn number(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

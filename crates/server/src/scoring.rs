//! Scores the texts of a request within the limits of the server.

use bigmodel_rerank_engine::{Cancellation, ScoreError, Scored, work};

use crate::failure::Failure;
use crate::state::State;

/// Returns one finite score for each document.
pub(crate) fn score(
    state: &State,
    query: &str,
    documents: &[&str],
    cancellation: &Cancellation,
) -> Result<Scored, Failure> {
    let amount = work(query, documents);
    let max_work = state.settings.max_work;
    if amount > max_work {
        return Err(Failure::too_much_work(amount, max_work, documents.len()));
    }
    let scored = state.scorer.score(query, documents, cancellation);
    let scored = scored.map_err(|error| match error {
        // Nobody reads this response.
        ScoreError::Cancelled => Failure::work_timeout(),
        error => {
            tracing::error!(%error, "a request was not scored");
            Failure::internal_error()
        }
    })?;
    let is_complete = scored.documents.len() == documents.len();
    let is_finite = scored
        .documents
        .iter()
        .all(|one| one.raw.is_finite() && one.normalized.is_finite());
    if !(is_complete && is_finite) {
        tracing::error!("the scorer did not return one finite score for each document");
        return Err(Failure::internal_error());
    }
    Ok(scored)
}

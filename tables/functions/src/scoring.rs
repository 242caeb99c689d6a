//! Calls a scorer.

use bigmodel_rerank_engine::{Cancellation, Score, Scorer, ScorerKind};
use datafusion::common::{Result, exec_datafusion_err};

use crate::progress::add_scored;

/// The texts that a model scores in one call, so that progress shows.
const MODEL_TEXTS: usize = 256;

/// Returns the scores of documents, in their order.
pub(crate) fn score(
    function: &str,
    scorer: &dyn Scorer,
    query: &str,
    documents: &[&str],
) -> Result<Vec<Score>> {
    let size = match scorer.description().kind {
        // Its scores depend on all documents.
        ScorerKind::Lexical => documents.len(),
        _ => MODEL_TEXTS,
    };
    let mut scores = Vec::with_capacity(documents.len());
    for documents in documents.chunks(size.max(1)) {
        let scored = scorer.score(query, documents, &Cancellation::new());
        let scored = scored.map_err(|error| exec_datafusion_err!("{function}: {error}"))?;
        add_scored(documents.len());
        scores.extend(scored.documents);
    }
    Ok(scores)
}

//! The form of Text Embeddings Inference (TEI).

use std::collections::BTreeMap;
use std::thread::available_parallelism;

use axum::response::Response;
use bigmodel_rerank_engine::Cancellation;
use bigmodel_rerank_form_tei::types::{Info, ModelType, Rank, RerankRequest, RerankerModel};

use super::body;
use super::ranked::{Ranked, number};
use crate::buffer::Buffer;
use crate::failure::Failure;
use crate::state::State;

/// The type of the numbers of a score.
const DTYPE: &str = "float32";
/// The only label of a reranker, and its id.
const LABEL: (i64, &str) = (0, "LABEL_0");

pub(super) fn rank(
    state: &State,
    bytes: Buffer,
    cancellation: &Cancellation,
) -> Result<Response, Failure> {
    let mut request: RerankRequest = body::parse(&bytes, body::TEXT)?;
    // The response may be as large as the body.
    drop(bytes);
    body::check_count("texts", request.texts.len())?;
    let texts: Vec<_> = request.texts.iter().map(String::as_str).collect();
    let ranked = Ranked::score(state, &request.query, &texts, cancellation)?;
    let raw = request.raw_scores.flatten().unwrap_or_default();
    let with_text = request.return_text.flatten().unwrap_or_default();
    let results: Vec<_> = ranked
        .best(usize::MAX)
        .map(|(index, score)| {
            let relevance = if raw { score.raw } else { score.normalized };
            let mut result = Rank::new(number(index), relevance);
            if with_text {
                // Moved instead of copied, because each index occurs once.
                result.text = request.texts.get_mut(index).map(std::mem::take);
            }
            result
        })
        .collect();
    Ok(ranked.respond(&results))
}

/// Returns what ranks here, and the limits of a request.
pub(super) fn info(state: &State) -> Info {
    let description = state.scorer.description();
    let name = description.name;
    let (id, label) = LABEL;
    let ids = BTreeMap::from([(label.to_owned(), id)]);
    let labels = BTreeMap::from([(id.to_string(), label.to_owned())]);
    let threads = available_parallelism().map_or(1, usize::from);
    let max_work = number(state.settings.max_work);
    Info::new(
        name.clone(),
        DTYPE,
        name,
        ModelType::new(RerankerModel::new(labels, ids)),
        number(state.settings.max_requests),
        description.max_tokens.map_or(max_work, number),
        max_work,
        number(body::MAX_DOCUMENTS),
        true,
        number(threads),
        env!("CARGO_PKG_VERSION"),
    )
}

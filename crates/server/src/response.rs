//! Makes the contract's response from a scored request.

use bigmodel_rerank_api::types::{RerankRequest, RerankResponse, RerankResult, RerankUsage};
use bigmodel_rerank_engine::{Scored, ranking};
use uuid::Uuid;

use crate::clock;

/// Returns the best `top_n` results, best first, and the usage by the documented formula.
pub(crate) fn from_scores(mut request: RerankRequest, scored: &Scored) -> RerankResponse {
    let raw = request.return_raw_scores.unwrap_or_default();
    let with_text = request.return_documents.unwrap_or_default();
    let wanted = match request.top_n {
        None | Some(0) => usize::MAX,
        // A number that does not fit is larger than the number of documents.
        Some(top_n) => usize::try_from(top_n).unwrap_or(usize::MAX),
    };
    let results: Vec<_> = ranking(&scored.documents)
        .into_iter()
        .take(wanted)
        .filter_map(|index| {
            let score = scored.documents.get(index)?;
            let relevance = if raw { score.raw } else { score.normalized };
            let mut result = RerankResult::new(i64::try_from(index).ok()?, relevance);
            if with_text {
                // Moved instead of copied, because each index occurs once.
                result.document = request.documents.get_mut(index).map(std::mem::take);
            }
            Some(result)
        })
        .collect();
    let tokens = i64::try_from(scored.prompt_tokens()).unwrap_or(i64::MAX);
    let usage = RerankUsage::new(tokens, tokens);
    let id = request
        .request_id
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| Uuid::new_v4().to_string());
    RerankResponse::new(Uuid::new_v4().simple().to_string(), results, usage)
        .created(clock::seconds())
        .request_id(id)
}

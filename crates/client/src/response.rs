//! Responses as a [`Backend`](crate::Backend) returns them and a
//! [`ResponseCache`](crate::ResponseCache) keeps them.

use bigmodel_rerank_api::types::{RerankResponse, RerankUsage};
use serde::{Deserialize, Serialize};

use crate::Usage;

/// The response to one request: a score for each of its documents.
///
/// It has the fields of the contract's [`RerankResponse`] that the client needs; those that
/// gateways leave out are optional. A `RerankResponse` converts into it. Both have the same field
/// names in JSON, so that a stored `RerankResponse` can be read as this type.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BackendResponse {
    /// The service's own id for the request, to give when asking for support.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The id that the request carried. A response with another id belongs to another request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The scores, best first.
    pub results: Vec<IndexedScore>,
    /// The tokens that were charged; `None` if the response does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
}

impl BackendResponse {
    /// Returns a response with only these scores.
    #[must_use]
    pub fn new(results: impl IntoIterator<Item = IndexedScore>) -> Self {
        Self {
            results: results.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Sets the service's own id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the id that the request carried.
    #[must_use]
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// Sets the tokens that were charged.
    #[must_use]
    pub fn usage(mut self, usage: Usage) -> Self {
        self.usage = Some(usage);
        self
    }
}

/// The score of one document of a request.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IndexedScore {
    /// The index of the document in the request, as the service sent it.
    pub index: i64,
    /// The score; higher is more relevant.
    #[serde(rename = "relevance_score")]
    pub score: f32,
}

impl IndexedScore {
    /// Returns the score of the document at `index`.
    #[must_use]
    pub fn new(index: i64, score: f32) -> Self {
        Self { index, score }
    }
}

impl From<RerankResponse> for BackendResponse {
    fn from(response: RerankResponse) -> Self {
        let results = response.results.iter();
        Self {
            id: Some(response.id),
            request_id: response.request_id,
            results: results
                .map(|result| IndexedScore::new(result.index, result.relevance_score))
                .collect(),
            usage: known(&response.usage),
        }
    }
}

/// Returns the usage without impossible counts, which say nothing about what was charged.
fn known(usage: &RerankUsage) -> Option<Usage> {
    let (prompt, total) = (usage.prompt_tokens, usage.total_tokens);
    (total >= 0).then(|| Usage::new(Some(prompt).filter(|prompt| *prompt >= 0), total))
}

#[cfg(test)]
mod tests {
    use bigmodel_rerank_api::types::{RerankResponse, RerankResult, RerankUsage};

    use super::{BackendResponse, IndexedScore};
    use crate::Usage;

    fn contract(prompt: i64, total: i64) -> RerankResponse {
        RerankResponse::new(
            "1",
            [RerankResult::new(0, 0.1)],
            RerankUsage::new(prompt, total),
        )
        .request_id("2")
    }

    #[test]
    fn what_was_written_as_the_contracts_response_is_read_and_stays_the_same() {
        let response = contract(7, 8);
        let json = serde_json::to_string(&response).unwrap();
        let read: BackendResponse = serde_json::from_str(&json).unwrap();
        assert_eq!(read, BackendResponse::from(response));
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }

    #[test]
    fn an_unknown_usage_is_kept_as_unknown() {
        let response = BackendResponse::new([IndexedScore::new(0, 0.1)]);
        for response in [
            response.clone(),
            response.clone().usage(Usage::new(None, 7)),
            response.usage(Usage::default()),
        ] {
            let json = serde_json::to_string(&response).unwrap();
            let read: BackendResponse = serde_json::from_str(&json).unwrap();
            assert_eq!(read, response, "{json}");
        }
    }

    #[test]
    fn an_impossible_usage_is_unknown() {
        for (prompt, total) in [(7, -1), (i64::MIN, i64::MIN)] {
            assert_eq!(BackendResponse::from(contract(prompt, total)).usage, None);
        }
        let total_only = BackendResponse::from(contract(-1, 7)).usage;
        assert_eq!(total_only, Some(Usage::new(None, 7)));
        let most = BackendResponse::from(contract(i64::MAX, i64::MAX)).usage;
        assert_eq!(most, Some(Usage::new(Some(i64::MAX), i64::MAX)));
    }
}

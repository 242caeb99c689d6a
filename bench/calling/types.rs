//! Hand-written types for this one call, which borrow the texts to send.

use calling_driver::{Case, REQUEST_ID, ResponseSummary};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub struct Request<'a> {
    model: &'static str,
    query: &'a str,
    documents: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    return_documents: Option<bool>,
    request_id: &'static str,
}

impl<'a> Request<'a> {
    pub fn new(case: &'a Case) -> Self {
        Self {
            model: "rerank",
            query: &case.query,
            documents: &case.documents,
            return_documents: case.return_documents.then_some(true),
            request_id: REQUEST_ID,
        }
    }
}

#[derive(Deserialize)]
pub struct Response {
    results: Vec<Ranked>,
    usage: Usage,
}

#[derive(Deserialize)]
struct Ranked {
    index: usize,
    relevance_score: f64,
    document: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    total_tokens: u64,
}

impl Response {
    pub fn summary(&self) -> ResponseSummary {
        let mut summary = ResponseSummary::new(self.usage.total_tokens);
        for result in &self.results {
            summary.add(
                result.index,
                result.relevance_score,
                result.document.as_deref(),
            );
        }
        summary
    }
}

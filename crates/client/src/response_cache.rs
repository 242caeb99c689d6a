//! A cache of responses, so that requests that have been charged are not sent again.

use bigmodel_rerank_api::types::RerankRequest;

use crate::BackendResponse;

/// Keeps responses, so that an interrupted call continues when it is made again.
///
/// A cache receives single requests, as they are sent. The requests of equal calls are equal
/// except for their [`request_id`](RerankRequest::request_id), which is unique. Only checked
/// responses are kept, and a response from the cache is checked again.
pub trait ResponseCache: Send + Sync {
    /// Returns the response that was kept for an equal request.
    fn get(&self, request: &RerankRequest) -> Option<BackendResponse>;

    /// Keeps a response. The cache itself reports a failure to do so; the ranking continues.
    fn put(&self, request: &RerankRequest, response: &BackendResponse);
}

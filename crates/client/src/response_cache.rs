//! A cache of responses, so that requests that have been charged are not sent again.

use bigmodel_rerank_api::types::RerankRequest;

use crate::BackendResponse;

/// Keeps responses, so that an interrupted call continues when it is made again.
///
/// It sees single requests, as they are sent. Those of equal calls are equal except for their
/// [`request_id`](RerankRequest::request_id), which is made anew for each. Only responses that
/// were checked are kept, and those found are checked again.
pub trait ResponseCache: Send + Sync {
    /// Returns the response that was kept for an equal request.
    fn get(&self, request: &RerankRequest) -> Option<BackendResponse>;

    /// Keeps a response. If that fails, it is for the cache to report: the ranking goes on.
    fn put(&self, request: &RerankRequest, response: &BackendResponse);
}

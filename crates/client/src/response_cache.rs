//! Answers that are kept, so that what was paid for is not sent again.

use bigmodel_rerank_api::types::RerankRequest;

use crate::BackendResponse;

/// Keeps answers. A call that was interrupted takes up where it was when it is made again.
///
/// It sees single requests, as they are sent; those of equal calls are equal but for their
/// [`request_id`](RerankRequest::request_id), which is made anew for each. Only answers that
/// were checked are kept, and those found are checked again.
pub trait ResponseCache: Send + Sync {
    /// The answer that was kept for an equal request.
    fn get(&self, request: &RerankRequest) -> Option<BackendResponse>;

    /// Keeps an answer. One that cannot be kept is for the journal to tell: the ranking does
    /// not suffer from it.
    fn put(&self, request: &RerankRequest, answer: &BackendResponse);
}

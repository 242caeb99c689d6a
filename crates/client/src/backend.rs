//! [`Backend`]: scores single requests.

use std::pin::Pin;

use bigmodel_rerank_api::types::RerankRequest;

use crate::{BackendResponse, Error};

/// The future of [`Backend::rerank`].
pub type BoxFuture<'a> = Pin<Box<dyn Future<Output = Result<BackendResponse, Error>> + Send + 'a>>;

/// Scores the documents of single requests, within the contract's limits.
///
/// The client has one for the service over HTTP. Packing, retries and the checks of responses are
/// the same for every backend.
///
/// ```
/// use bigmodel_rerank::api::types::RerankRequest;
/// use bigmodel_rerank::{Backend, BackendResponse, BoxFuture, IndexedScore};
///
/// /// Scores documents by their length.
/// struct ByLength;
///
/// impl Backend for ByLength {
///     fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
///         let documents = (0..).zip(&request.documents);
///         let scores = documents.map(|(index, text)| IndexedScore::new(index, text.len() as f32));
///         let mut response = BackendResponse::new(scores);
///         response.request_id.clone_from(&request.request_id);
///         Box::pin(std::future::ready(Ok(response)))
///     }
/// }
/// ```
pub trait Backend: Send + Sync {
    /// Scores the documents of a request.
    ///
    /// # Errors
    ///
    /// Create errors with [`Error::from_response`] and [`Error::from_transport`]. A request that
    /// fails with a [transient](Error::is_transient) error is sent again.
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a>;
}

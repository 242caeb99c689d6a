//! The builder of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bigmodel_rerank_api::BASE_URL;
use bigmodel_rerank_api::types::Model;

use crate::ranges::positive;
use crate::service::Service;
use crate::setters::shared_setters;
use crate::settings::Settings;
use crate::{
    ApiKey, Authentication, Backend, BlankDocuments, Error, ErrorKind, Limits, LongDocuments,
    RefusedDocuments, Reranker, ResponseCache, Retry, Scale,
};

/// Builds a [`Reranker`]. Its settings apply to all calls of the client; a call may change them,
/// see [`Rerank`](crate::Rerank).
///
/// ```
/// use std::time::Duration;
///
/// use bigmodel_rerank::{LongDocuments, Reranker, Retry};
///
/// # fn main() -> Result<(), bigmodel_rerank::Error> {
/// let reranker = Reranker::builder()
///     .base_url("http://127.0.0.1:8321/api")
///     .long_documents(LongDocuments::Split { overlap: 200 })
///     .retry(Retry::default().max_attempts(3))
///     .timeout(Duration::from_secs(30))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a client is made by `build`"]
#[derive(Clone)]
pub struct RerankerBuilder {
    base_url: String,
    key: Option<ApiKey>,
    authentication: Authentication,
    connect_timeout: Duration,
    backend: Option<Arc<dyn Backend>>,
    settings: Settings,
}

impl Default for RerankerBuilder {
    fn default() -> Self {
        Self {
            base_url: BASE_URL.to_owned(),
            key: None,
            authentication: Authentication::default(),
            connect_timeout: Duration::from_secs(10),
            backend: None,
            settings: Settings::default(),
        }
    }
}

impl RerankerBuilder {
    /// Sets the API key. Without a key, none is sent; a self-hosted endpoint may accept that.
    pub fn api_key(mut self, key: ApiKey) -> Self {
        self.key = Some(key);
        self
    }

    /// Sets how the key is sent; verbatim by default.
    pub fn authentication(mut self, authentication: Authentication) -> Self {
        self.authentication = authentication;
        self
    }

    /// Sets the URL of the service: `https://api.z.ai/api` for the international one, a gateway,
    /// or `http://127.0.0.1:8321/api` for the local endpoint.
    ///
    /// The forms that other clients document are accepted too, with or without a slash at the
    /// end: `https://open.bigmodel.cn/api/paas/v4` and
    /// `https://open.bigmodel.cn/api/paas/v4/rerank` are `https://open.bigmodel.cn/api`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets how long opening a connection may take; 10 s by default. Nothing was sent before, so
    /// another attempt costs nothing.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sends requests to `backend` instead of the service, so that no key, URL or network is used.
    pub fn backend(mut self, backend: impl Backend + 'static) -> Self {
        self.backend = Some(Arc::new(backend));
        self
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    shared_setters!();

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is out of range, the base URL is invalid, the key cannot be
    /// sent in the chosen way, or TLS cannot be set up.
    pub fn build(self) -> Result<Reranker, Error> {
        let ranges = positive("connect_timeout", self.connect_timeout);
        let ranges = ranges.and_then(|()| self.settings.check_ranges());
        ranges.map_err(|problem| Error::new(ErrorKind::Config, problem))?;
        let backend = match self.backend {
            Some(backend) => backend,
            None => Arc::new(Service::new(
                self.base_url.parse()?,
                self.key,
                self.authentication,
                self.connect_timeout,
            )?),
        };
        Ok(Reranker::new(backend, self.settings))
    }
}

/// Without the key.
impl fmt::Debug for RerankerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RerankerBuilder")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

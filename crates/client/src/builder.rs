//! How a client is made.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bigmodel_rerank_api::BASE_URL;
use bigmodel_rerank_api::types::Model;

use crate::call::Settings;
use crate::service::{Service, Timeouts};
use crate::{
    ApiKey, Authentication, Backend, Error, Limits, LongDocuments, Reranker, ResponseCache, Retry,
};

/// What a [`Reranker`] is made of. What is set here holds for all of its calls, unless a call
/// says otherwise.
#[must_use = "a client is made by `build`"]
#[derive(Clone)]
pub struct RerankerBuilder {
    base_url: String,
    key: Option<ApiKey>,
    authentication: Authentication,
    timeouts: Timeouts,
    backend: Option<Arc<dyn Backend>>,
    settings: Settings,
}

impl Default for RerankerBuilder {
    fn default() -> Self {
        Self {
            base_url: BASE_URL.to_owned(),
            key: None,
            authentication: Authentication::default(),
            timeouts: Timeouts::default(),
            backend: None,
            settings: Settings::default(),
        }
    }
}

impl RerankerBuilder {
    /// The key. Without one, none is sent: an endpoint of one's own may not ask for any.
    pub fn api_key(mut self, key: ApiKey) -> Self {
        self.key = Some(key);
        self
    }

    /// How the key is sent; as it is by default.
    pub fn authentication(mut self, how: Authentication) -> Self {
        self.authentication = how;
        self
    }

    /// Where the service is, up to and without `/paas/v4/rerank`: `https://api.z.ai/api` for
    /// the international one, a gateway, or `http://127.0.0.1:8321/api` for the local endpoint.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// The model; `rerank` by default.
    pub fn model(mut self, model: impl Into<Model>) -> Self {
        self.settings.model = model.into();
        self
    }

    /// The end user on whose behalf calls are made, 6 to 128 characters.
    pub fn user_id(mut self, id: impl Into<String>) -> Self {
        self.settings.user_id = Some(id.into());
        self
    }

    /// The most that goes into one request.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// What is done about documents of more than 4096 characters.
    pub fn long_documents(mut self, what: LongDocuments) -> Self {
        self.settings.long_documents = what;
        self
    }

    /// How many requests of a call are under way at once; 4 by default.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.settings.concurrency = requests;
        self
    }

    /// How often and after how long a failed request is sent again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// How long one attempt may take; as long as the call by default. An attempt that takes
    /// longer is abandoned and sent again, and the service may charge both.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = Some(timeout);
        self
    }

    /// How long opening a connection may take; 10 seconds by default. It is tried again, which
    /// costs nothing.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = timeout;
        self
    }

    /// How long a whole call may take, with all that is sent again; 2 minutes by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// How tokens are counted for estimates and budgets; by
    /// [`approximate_tokens`](crate::approximate_tokens) by default.
    pub fn token_counter(mut self, count: impl Fn(&str) -> usize + Send + Sync + 'static) -> Self {
        self.settings.count_tokens = Arc::new(count);
        self
    }

    /// The most tokens that a call may take, as estimated; one beyond is refused before
    /// anything is sent.
    pub fn budget(mut self, tokens: usize) -> Self {
        self.settings.budget = Some(tokens);
        self
    }

    /// Answers from here in place of the service: then there is no key, no URL and no network.
    pub fn backend(mut self, backend: impl Backend + 'static) -> Self {
        self.backend = Some(Arc::new(backend));
        self
    }

    /// Keeps answers here, and sends no request whose answer is there.
    pub fn response_cache(mut self, cache: impl ResponseCache + 'static) -> Self {
        self.settings.response_cache = Some(Arc::new(cache));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If the base URL is none, the key cannot be sent as wanted, or TLS cannot be set up.
    pub fn build(self) -> Result<Reranker, Error> {
        let backend = match self.backend {
            Some(backend) => backend,
            None => Arc::new(Service::new(
                self.base_url.parse()?,
                self.key,
                self.authentication,
                self.timeouts,
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

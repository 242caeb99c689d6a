//! The client.

use std::fmt;
use std::sync::Arc;

use crate::call::Settings;
use crate::{ApiKey, Backend, Error, Rerank, RerankerBuilder};

/// Ranks documents by how relevant they are to a query.
///
/// Clones are cheap and share one pool of connections.
#[derive(Clone)]
pub struct Reranker {
    backend: Arc<dyn Backend>,
    settings: Settings,
}

impl Reranker {
    pub(crate) fn new(backend: Arc<dyn Backend>, settings: Settings) -> Self {
        Self { backend, settings }
    }

    /// With the key from the environment, and defaults for everything else.
    ///
    /// # Errors
    ///
    /// If no key is set, see [`ApiKey::from_env`], or TLS cannot be set up.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().api_key(ApiKey::from_env()?).build()
    }

    /// With settings of one's own.
    pub fn builder() -> RerankerBuilder {
        RerankerBuilder::default()
    }

    /// Ranks `documents`: a call, made when it is awaited.
    pub fn rerank<'a, D: AsRef<str> + Sync>(
        &self,
        query: &'a str,
        documents: &'a [D],
    ) -> Rerank<'a, D> {
        Rerank::new(
            Arc::clone(&self.backend),
            self.settings.clone(),
            query,
            documents,
        )
    }
}

impl fmt::Debug for Reranker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reranker").finish_non_exhaustive()
    }
}

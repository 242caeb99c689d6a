//! The client.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::settings::Settings;
use crate::texts::Texts;
use crate::{ApiKey, Backend, Error, Rerank, RerankerBuilder};

/// Ranks documents by how relevant they are to a query.
///
/// Clones are cheap and share one pool of connections.
#[derive(Clone)]
pub struct Reranker {
    backend: Arc<dyn Backend>,
    settings: Arc<Settings>,
}

impl Reranker {
    pub(crate) fn new(backend: Arc<dyn Backend>, settings: Settings) -> Self {
        let settings = Arc::new(settings);
        Self { backend, settings }
    }

    /// Returns a client with the key from the environment, and defaults for everything else.
    ///
    /// # Errors
    ///
    /// If no key is set, see [`ApiKey::from_env`], or TLS cannot be set up.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().api_key(ApiKey::from_env()?).build()
    }

    /// Returns a builder with the default settings.
    pub fn builder() -> RerankerBuilder {
        RerankerBuilder::default()
    }

    /// Ranks documents that are texts: `String`, `&str`, and whatever else is `AsRef<str>`. The
    /// call is made when it is awaited.
    pub fn rerank<'a, D: AsRef<str> + Sync>(
        &self,
        query: &'a str,
        documents: &'a [D],
    ) -> Rerank<'a, D> {
        self.call(query, documents, Texts::Own(D::as_ref))
    }

    /// Ranks documents of any type, whose texts `text` returns, borrowed where it can. The call is
    /// made when it is awaited, and its hits point to the documents, not to their texts.
    ///
    /// `text` is called more than once for a document, and should be cheap.
    ///
    /// ```no_run
    /// # async fn run(reranker: bigmodel_rerank::Reranker) -> Result<(), Box<dyn std::error::Error>> {
    /// # let json = "[]";
    /// let chunks: Vec<serde_json::Value> = serde_json::from_str(json)?;
    /// let call = reranker.rerank_by("query", &chunks, |chunk| {
    ///     chunk["text"].as_str().unwrap_or_default()
    /// });
    /// for hit in &call.await? {
    ///     println!("{}  {}", hit.score, hit.item["source"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn rerank_by<'a, D, T>(
        &self,
        query: &'a str,
        documents: &'a [D],
        text: impl Fn(&'a D) -> T + Send + Sync + 'a,
    ) -> Rerank<'a, D>
    where
        D: Sync,
        T: Into<Cow<'a, str>>,
    {
        let text = Arc::new(move |document| text(document).into());
        self.call(query, documents, Texts::By(text))
    }

    fn call<'a, D: Sync>(
        &self,
        query: &'a str,
        documents: &'a [D],
        texts: Texts<'a, D>,
    ) -> Rerank<'a, D> {
        let (backend, settings) = (Arc::clone(&self.backend), Arc::clone(&self.settings));
        Rerank::new(backend, settings, query, documents, texts)
    }
}

impl fmt::Debug for Reranker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reranker").finish_non_exhaustive()
    }
}

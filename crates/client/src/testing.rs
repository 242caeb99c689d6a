//! Responses without a network, for tests of code that ranks.
//!
//! ```
//! # async fn run() -> Result<(), bigmodel_rerank::Error> {
//! use bigmodel_rerank::Reranker;
//! use bigmodel_rerank::testing::ScoreFn;
//!
//! // Longer documents score higher; no request is sent.
//! let backend = ScoreFn::new(|_query, document| document.len() as f32);
//! let reranker = Reranker::builder().backend(backend).build()?;
//! let documents = ["a", "ccc", "bb"];
//! let ranking = reranker.rerank("any", &documents).raw_scores().await?;
//! let order: Vec<_> = ranking.iter().map(|hit| *hit.item).collect();
//! assert_eq!(order, ["ccc", "bb", "a"]);
//! # Ok(())
//! # }
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime.block_on(run()).unwrap();
//! ```

use std::fmt;

use bigmodel_rerank_api::types::RerankRequest;
use bigmodel_rerank_api::validation::Validate as _;

use crate::backend::BoxFuture;
use crate::{Backend, BackendResponse, Error, IndexedScore, Usage, approximate_tokens};

/// Responds as the service does, with scores from a function of query and document: the
/// contract's limits hold, results come best first and cut at `top_n`, and the normalized
/// score is the logistic function of the raw one.
#[derive(Clone, Copy)]
pub struct ScoreFn<F>(F);

impl<F: Fn(&str, &str) -> f32 + Send + Sync> ScoreFn<F> {
    /// Returns a backend with the raw scores `score(query, document)`.
    pub fn new(score: F) -> Self {
        Self(score)
    }

    fn respond(&self, request: &RerankRequest) -> Result<BackendResponse, Error> {
        if let Err(broken) = request.validate() {
            return Err(Error::from_response(400, Some("1214"), &broken.to_string()));
        }
        let raw = request.return_raw_scores == Some(true);
        let scores = request.documents.iter().map(|document| {
            let score = (self.0)(&request.query, document);
            if raw {
                score
            } else {
                1.0 / (1.0 + (-score).exp())
            }
        });
        let mut results: Vec<_> = (0..)
            .zip(scores)
            .map(|(index, score)| IndexedScore::new(index, score))
            .collect();
        results.sort_by(|a, b| b.score.total_cmp(&a.score));
        if let Some(top_n) = request.top_n.and_then(|top_n| usize::try_from(top_n).ok())
            && top_n > 0
        {
            results.truncate(top_n);
        }
        let query = approximate_tokens(&request.query);
        let documents = request.documents.iter();
        let tokens: usize = documents
            .map(|document| query + approximate_tokens(document))
            .sum();
        let tokens = i64::try_from(tokens).unwrap_or(i64::MAX);
        let mut response = BackendResponse::new(results).usage(Usage::new(Some(tokens), tokens));
        response.request_id.clone_from(&request.request_id);
        Ok(response)
    }
}

impl<F: Fn(&str, &str) -> f32 + Send + Sync> Backend for ScoreFn<F> {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(std::future::ready(self.respond(request)))
    }
}

impl<F> fmt::Debug for ScoreFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScoreFn")
    }
}

//! Backends that refuse documents, or end a call while refused documents are isolated.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use bigmodel_rerank::api::types::RerankRequest;
use bigmodel_rerank::testing::ScoreFn;
use bigmodel_rerank::{
    Backend, BackendResponse, BoxFuture, CancellationToken, Error, IndexedScore, RefusedDocuments,
    Reranker, Usage,
};

/// Refuses requests with these documents. Normalized scores depend on all documents of a request.
#[derive(Clone, Default)]
pub(crate) struct Refusing {
    pub(crate) refused: Arc<BTreeSet<String>>,
    pub(crate) names: bool,
    pub(crate) in_flight: Arc<AtomicUsize>,
    pub(crate) most: Arc<AtomicUsize>,
    pub(crate) sent: Arc<Mutex<Vec<Vec<String>>>>,
}

impl Refusing {
    pub(crate) fn new(refused: impl IntoIterator<Item = impl ToString>) -> Self {
        let refused = refused.into_iter().map(|text| text.to_string()).collect();
        Self {
            refused: Arc::new(refused),
            ..Self::default()
        }
    }

    pub(crate) fn client(&self) -> Reranker {
        let builder = Reranker::builder().backend(self.clone());
        builder
            .refused_documents(RefusedDocuments::Skip)
            .build()
            .unwrap()
    }

    pub(crate) fn requests(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    fn respond(&self, request: &RerankRequest) -> Result<BackendResponse, Error> {
        self.sent.lock().unwrap().push(request.documents.clone());
        let is_refused = |text: &String| self.refused.contains(text);
        if let Some(index) = request.documents.iter().position(is_refused) {
            return Err(match self.names {
                true => Error::from_response(400, Some("1214"), &format!("documents[{index}]")),
                false => Error::from_response(400, Some("1301"), "sensitive"),
            });
        }
        let number = |text: &String| text.parse::<f32>().unwrap_or(-1.0);
        let all: f32 = request
            .documents
            .iter()
            .map(|text| number(text) + 2.0)
            .sum();
        let scores = request
            .documents
            .iter()
            .map(|text| match request.return_raw_scores {
                Some(true) => number(text),
                _ => (number(text) + 2.0) / all,
            });
        let results = (0..)
            .zip(scores)
            .map(|(index, score)| IndexedScore::new(index, score));
        let mut results: Vec<_> = results.collect();
        results.sort_by(|a, b| b.score.total_cmp(&a.score));
        if let Some(top_n) = request.top_n.filter(|top_n| *top_n > 0) {
            results.truncate(top_n.try_into().unwrap());
        }
        let tokens = request.documents.len().try_into().unwrap();
        Ok(BackendResponse::new(results).usage(Usage::new(Some(tokens), tokens)))
    }
}

impl Backend for Refusing {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(async move {
            let now = self.in_flight.fetch_add(1, SeqCst) + 1;
            self.most.fetch_max(now, SeqCst);
            tokio::task::yield_now().await;
            self.in_flight.fetch_sub(1, SeqCst);
            self.respond(request)
        })
    }
}

/// Cancels a call after a number of requests.
pub(crate) struct Cancelling {
    pub(crate) inner: Refusing,
    pub(crate) after: usize,
    pub(crate) token: CancellationToken,
}

impl Backend for Cancelling {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(async move {
            let response = self.inner.rerank(request).await;
            if self.inner.requests() >= self.after {
                self.token.cancel();
            }
            response
        })
    }
}

/// Stops responding after a number of requests.
pub(crate) struct Slow {
    pub(crate) inner: Refusing,
    pub(crate) after: usize,
}

impl Backend for Slow {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(async move {
            if self.inner.requests() >= self.after {
                std::future::pending::<()>().await;
            }
            self.inner.rerank(request).await
        })
    }
}

/// Refuses requests with more documents than this number.
pub(crate) struct AtMost(pub(crate) usize);

impl Backend for AtMost {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(async move {
            if request.documents.len() > self.0 {
                return Err(Error::from_response(400, Some("1261"), "too much"));
            }
            ScoreFn::new(|_, document| document.parse().unwrap_or_default())
                .rerank(request)
                .await
        })
    }
}

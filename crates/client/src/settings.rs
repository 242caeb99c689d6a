//! The settings of a call: those of the client with the changes of the call.

use std::sync::Arc;
use std::time::Duration;

use bigmodel_rerank_api::types::Model;
use uuid::Uuid;

use crate::progress::Watcher;
use crate::{
    BlankDocuments, CancellationToken, Limits, LongDocuments, RefusedDocuments, ResponseCache,
    Retry, Scale,
};

/// Counts the tokens of a text.
pub(crate) type TokenCounter = Arc<dyn Fn(&str) -> usize + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) model: Model,
    pub(crate) user_id: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) top_n: usize,
    /// The scale that the caller pinned.
    pub(crate) scale: Option<Scale>,
    pub(crate) merge_on: Scale,
    pub(crate) min_score: Option<f32>,
    pub(crate) limits: Limits,
    pub(crate) long_documents: LongDocuments,
    pub(crate) blank_documents: BlankDocuments,
    pub(crate) refused_documents: RefusedDocuments,
    pub(crate) concurrency: usize,
    pub(crate) retry: Retry,
    pub(crate) timeout: Duration,
    /// Unset, an attempt may take as long as the call.
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) budget: Option<usize>,
    pub(crate) count_tokens: TokenCounter,
    pub(crate) watcher: Option<Watcher>,
    pub(crate) response_cache: Option<Arc<dyn ResponseCache>>,
    pub(crate) cancellation: Option<CancellationToken>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            model: Model::Rerank,
            user_id: None,
            request_id: None,
            top_n: 0,
            scale: None,
            merge_on: Scale::Raw,
            min_score: None,
            limits: Limits::default(),
            long_documents: LongDocuments::default(),
            blank_documents: BlankDocuments::default(),
            refused_documents: RefusedDocuments::default(),
            concurrency: 4,
            retry: Retry::default(),
            timeout: Duration::from_secs(120),
            attempt_timeout: None,
            budget: None,
            count_tokens: Arc::new(crate::approximate_tokens),
            watcher: None,
            response_cache: None,
            cancellation: None,
        }
    }
}

impl Settings {
    /// Whether a document may be sent as more than one text.
    pub(crate) fn splits(&self) -> bool {
        matches!(self.long_documents, LongDocuments::Split { .. })
    }

    /// Whether the call continues without the documents that the service refuses.
    pub(crate) fn skips(&self) -> bool {
        self.refused_documents == RefusedDocuments::Skip
    }

    /// The pinned scale of the call, whatever the number of its requests.
    pub(crate) fn pinned_scale(&self) -> Option<Scale> {
        self.scale.or(self.min_score.map(|_| Scale::Normalized))
    }

    /// The scale of a call of one request, or of several.
    pub(crate) fn scale_of(&self, is_one: bool) -> Scale {
        match self.pinned_scale() {
            Some(scale) => scale,
            None if is_one => Scale::Normalized,
            None => self.merge_on,
        }
    }

    /// Whether the scores of different requests may be merged on this scale.
    pub(crate) fn merges_on(&self, scale: Scale) -> bool {
        scale == Scale::Raw || self.merge_on == Scale::Normalized
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        let token = self.cancellation.as_ref();
        token.is_some_and(CancellationToken::is_cancelled)
    }

    /// The id of the only batch.
    pub(crate) fn only_id(&self) -> String {
        self.request_id.clone().unwrap_or_else(made_id)
    }

    /// The id of one of several batches.
    pub(crate) fn batch_id(&self, number: usize) -> String {
        match &self.request_id {
            Some(id) => format!("{id}-{}", number.saturating_add(1)),
            None => made_id(),
        }
    }

    /// The id of a further request for documents of a batch.
    pub(crate) fn further_id(&self, batch_id: &str, number: usize) -> String {
        match &self.request_id {
            Some(_) => format!("{batch_id}.{number}"),
            None => made_id(),
        }
    }
}

fn made_id() -> String {
    Uuid::new_v4().to_string()
}

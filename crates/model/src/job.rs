//! The work of one request: each different document is a step, the longest first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bigmodel_rerank_engine::{Cancellation, ScoreError, ScorerKind};

use crate::parts::{LongDocuments, Parts};
use crate::pooling::cosine;
use crate::runtime::{Core, Input};
use crate::tokens::{Document, Query};
use crate::workers::Work;

/// The score of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DocumentScore {
    pub(crate) raw: f32,
    pub(crate) tokens: usize,
    /// Whether the model read only a part of it.
    pub(crate) is_cut: bool,
}

/// A query as the model compares it with documents.
pub(crate) enum Prepared {
    /// The tokens, which go before those of a document.
    Tokens(Box<Query>),
    Embedding(Vec<f32>),
}

/// The work of a request.
pub(crate) struct Job {
    parts: Arc<Parts>,
    query: Prepared,
    /// The different documents, the longest first.
    texts: Vec<String>,
    /// For each document of the request the index of its text.
    text_of: Vec<usize>,
    /// That of the caller.
    cancellation: Cancellation,
    /// Cancelled by the first error: one document without a score is a request without a ranking.
    failed: Cancellation,
    results: Mutex<Vec<Option<Result<DocumentScore, ScoreError>>>>,
}

impl Job {
    pub(crate) fn new(
        parts: Arc<Parts>,
        query: Prepared,
        documents: &[&str],
        cancellation: &Cancellation,
    ) -> Self {
        let mut different: Vec<&str> = documents.to_vec();
        different.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        different.dedup();
        let indices: HashMap<_, _> = different.iter().zip(0..).collect();
        let text_of = documents
            .iter()
            .filter_map(|text| indices.get(text).copied());
        Self {
            text_of: text_of.collect(),
            results: Mutex::new(vec![None; different.len()]),
            texts: different.into_iter().map(str::to_owned).collect(),
            cancellation: cancellation.clone(),
            failed: Cancellation::new(),
            parts,
            query,
        }
    }

    /// The scores in the order of the request, once all steps are done.
    pub(crate) fn scores(&self) -> Result<Vec<DocumentScore>, ScoreError> {
        let results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
        // What failed comes before what was cancelled because of it.
        let failed = results.iter().flatten().find_map(|result| match result {
            Err(error @ ScoreError::Failed(_)) => Some(error.clone()),
            _ => None,
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let scores = self.text_of.iter().map(|index| {
            let result = results.get(*index).cloned().flatten();
            // A step that panicked has no result.
            result
                .unwrap_or_else(|| Err(ScoreError::Failed("a document was not scored".to_owned())))
        });
        scores.collect()
    }

    fn is_stopped(&self) -> bool {
        self.cancellation.is_cancelled() || self.failed.is_cancelled()
    }

    fn score(&self, text: &str, core: &Core) -> Result<DocumentScore, ScoreError> {
        if self.is_stopped() {
            return Err(ScoreError::Cancelled);
        }
        if text.trim().is_empty() {
            return Ok(DocumentScore {
                raw: lowest(self.parts.kind),
                tokens: 0,
                is_cut: false,
            });
        }
        let in_windows = self.parts.long_documents == LongDocuments::BestWindow;
        let document = match &self.query {
            Prepared::Tokens(query) => self.parts.tokens.pair(query, text, in_windows),
            Prepared::Embedding(_) => {
                let text = format!("{}{text}", self.parts.document_prompt);
                self.parts.tokens.alone(&text, in_windows)
            }
        };
        let Document {
            inputs,
            count,
            is_long,
        } = document.map_err(ScoreError::Failed)?;
        let mut best: Option<f32> = None;
        for input in &inputs {
            if self.is_stopped() {
                return Err(ScoreError::Cancelled);
            }
            let raw = self.raw(input, core).map_err(ScoreError::Failed)?;
            best = Some(best.map_or(raw, |best| best.max(raw)));
        }
        Ok(DocumentScore {
            raw: best.unwrap_or_default(),
            tokens: count,
            is_cut: is_long && !in_windows,
        })
    }

    fn raw(&self, input: &Input, core: &Core) -> Result<f32, String> {
        match &self.query {
            Prepared::Tokens(_) => self.parts.logit(input, core),
            Prepared::Embedding(query) => {
                let embedding = self.parts.embedding(input, core)?;
                Ok(cosine(query, &embedding))
            }
        }
    }
}

impl Work for Job {
    fn steps(&self) -> usize {
        self.texts.len()
    }

    fn step(&self, index: usize, core: &Core) {
        let Some(text) = self.texts.get(index) else {
            return;
        };
        let result = self.score(text, core);
        if result.is_err() {
            self.failed.cancel();
        }
        let mut results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = results.get_mut(index) {
            *slot = Some(result);
        }
    }
}

/// A raw score below those of texts: an empty document is relevant to nothing.
fn lowest(kind: ScorerKind) -> f32 {
    if kind == ScorerKind::Embedding {
        -1.0
    } else {
        -100.0
    }
}

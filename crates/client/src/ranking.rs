//! The result of a call.

use std::slice;
use std::vec;

use serde::{Deserialize, Serialize};

use crate::RefusedDocument;

/// The caller's documents, best first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ranking<'a, D> {
    /// The documents with their scores, best first; equal scores in the order of the documents,
    /// blank documents last.
    pub hits: Vec<Hit<'a, D>>,
    /// The scale of the scores.
    pub scale: Scale,
    /// The indices of the blank documents, which were not sent; see
    /// [`BlankDocuments::RankLast`](crate::BlankDocuments::RankLast).
    pub blank: Vec<usize>,
    /// The documents that the service refused, in their order, which are not in `hits`; see
    /// [`RefusedDocuments::Skip`](crate::RefusedDocuments::Skip).
    pub refused: Vec<RefusedDocument<'a, D>>,
    /// The tokens that the service counted over all requests; `None` if one response did not say.
    pub usage: Option<Usage>,
    /// The ids of the requests, in the order of their responses.
    pub request_ids: Vec<String>,
}

/// One document and its score.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub struct Hit<'a, D> {
    /// The score; higher is more relevant.
    pub score: f32,
    /// The index of the document among those of the call.
    pub index: usize,
    /// The caller's own document.
    pub item: &'a D,
}

// Not derived: a hit is copied whatever the documents are.
impl<D> Clone for Hit<'_, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D> Copy for Hit<'_, D> {}

/// The scale of scores.
///
/// - Pinned by [`scale`](crate::Rerank::scale), it is the scale of the call, whatever the number
///   of documents.
/// - A [`min_score`](crate::Rerank::min_score) is compared with scores of a known scale: without a
///   pinned one it pins [`Normalized`](Self::Normalized).
/// - Otherwise the call is on normalized scores if it takes one request, and on the scale of
///   [`merge_on`](crate::Rerank::merge_on) if it takes several, raw by default: normalized scores
///   of different requests are not known to compare. In the service's own example the scores of a
///   request add up to 1, as if each depended on the others.
///
/// So a call that is pinned to normalized scores and takes several requests is an error before
/// anything is sent. To fix it, pin [`Raw`](Self::Raw), with a raw `min_score`, or merge normalized
/// scores knowingly, with `merge_on(Scale::Normalized)`.
///
/// [`Estimate::scale`](crate::Estimate) has the scale before anything is sent,
/// [`Ranking::scale`] that of the result: they are the same.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Scale {
    /// Scores up to 1, which several documents may reach.
    #[default]
    Normalized,
    /// The model's own scores, without bounds.
    Raw,
}

/// The tokens that calls used, as the service counted them.
///
/// If a response does not have them, the `Usage` is `None`: unknown is not 0.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Usage {
    /// Tokens of queries and documents; `None` if only the total is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_tokens: Option<i64>,
    /// All tokens.
    pub total_tokens: i64,
}

/// Zero tokens, so that a sum of usages can start from it.
impl Default for Usage {
    fn default() -> Self {
        Self::new(Some(0), 0)
    }
}

impl Usage {
    /// Returns a usage of these tokens.
    #[must_use]
    pub fn new(prompt_tokens: Option<i64>, total_tokens: i64) -> Self {
        Self {
            prompt_tokens,
            total_tokens,
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        let prompt = self.prompt_tokens.zip(other.prompt_tokens);
        self.prompt_tokens = prompt.map(|(ours, theirs)| ours.saturating_add(theirs));
        self.total_tokens = self.total_tokens.saturating_add(other.total_tokens);
    }
}

/// Normalized scores that are closer together do not determine the order.
const INDISTINCT: f32 = 1e-3;

impl<'a, D> Ranking<'a, D> {
    /// Returns the difference between the best and the last score, without blank documents; 0 for
    /// fewer than two documents.
    #[must_use]
    pub fn spread(&self) -> f32 {
        let mut scored = self.hits.iter().filter(|hit| !self.is_blank(hit.index));
        match (scored.next(), scored.next_back()) {
            (Some(first), Some(last)) => first.score - last.score,
            _ => 0.0,
        }
    }

    /// Whether the document at `index` was blank and not sent.
    fn is_blank(&self, index: usize) -> bool {
        self.blank.binary_search(&index).is_ok()
    }

    /// Whether normalized scores do not distinguish the best documents: those of the first two
    /// are within 0.001 of each other and of 1. Raw scores may still do.
    #[must_use]
    pub fn is_saturated(&self) -> bool {
        match (self.scale, self.hits.get(1)) {
            (Scale::Normalized, Some(second)) => second.score >= 1.0 - INDISTINCT,
            _ => false,
        }
    }

    /// Iterates over the hits, best first.
    pub fn iter(&self) -> slice::Iter<'_, Hit<'a, D>> {
        self.hits.iter()
    }
}

impl<'r, 'a, D> IntoIterator for &'r Ranking<'a, D> {
    type Item = &'r Hit<'a, D>;
    type IntoIter = slice::Iter<'r, Hit<'a, D>>;

    fn into_iter(self) -> Self::IntoIter {
        self.hits.iter()
    }
}

impl<'a, D> IntoIterator for Ranking<'a, D> {
    type Item = Hit<'a, D>;
    type IntoIter = vec::IntoIter<Hit<'a, D>>;

    fn into_iter(self) -> Self::IntoIter {
        self.hits.into_iter()
    }
}

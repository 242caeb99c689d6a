//! What comes out of a call.

use std::slice;
use std::vec;

use serde::{Deserialize, Serialize};

/// The caller's documents, best first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ranking<'a, D> {
    /// The documents with their scores, best first; equal scores in the order of the documents.
    pub hits: Vec<Hit<'a, D>>,
    /// Which scale the scores are on.
    pub scale: Scale,
    /// What the service counted, over all requests.
    pub usage: Usage,
    /// The ids of the requests, in the order of their answers.
    pub request_ids: Vec<String>,
}

/// One document and its score.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub struct Hit<'a, D> {
    /// More is better.
    pub score: f32,
    /// The place of the document among those of the call.
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

/// Which scale scores are on.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Scale {
    /// Up to 1, which many documents may reach together.
    #[default]
    Normalized,
    /// The model's own, without bounds.
    Raw,
}

/// The tokens that calls took, as the service counted them.
///
/// Where a response does not tell them, there is no `Usage`: unknown is not 0.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Usage {
    /// Tokens of queries and documents; `None` if only the total is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_tokens: Option<i64>,
    /// All tokens.
    pub total_tokens: i64,
}

/// No tokens, which is the usage to add others to.
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

/// Normalized scores closer together than this tell nothing of their order.
const INDISTINCT: f32 = 1e-3;

impl<'a, D> Ranking<'a, D> {
    /// How far the best and the last score are apart; 0 for fewer than two.
    #[must_use]
    pub fn spread(&self) -> f32 {
        match (self.hits.first(), self.hits.last()) {
            (Some(first), Some(last)) => first.score - last.score,
            _ => 0.0,
        }
    }

    /// Whether normalized scores no longer tell the best documents apart: the two at the top
    /// are within 0.001 of each other and of 1. Raw scores then still may.
    #[must_use]
    pub fn is_saturated(&self) -> bool {
        match (self.scale, self.hits.get(1)) {
            (Scale::Normalized, Some(second)) => second.score >= 1.0 - INDISTINCT,
            _ => false,
        }
    }

    /// The hits, best first.
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

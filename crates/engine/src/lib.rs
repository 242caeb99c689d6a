//! [`Scorer`]: computes how relevant each candidate document is to a query.
//!
#![doc = include_str!("../README.md")]

mod ascii_words;
mod cancellation;
mod characters;
mod counts;
mod folding;
mod grams;
mod lexical;
mod occurrences;
mod query_terms;
mod script_runs;
mod shapes;
mod stems;
mod term_weights;
mod terms;
mod word_cache;
mod work;

use std::fmt;

pub use cancellation::{CancelOnDrop, Cancellation};
pub use lexical::Lexical;
pub use work::work;

/// Scores candidate documents against a query.
pub trait Scorer: Send + Sync {
    /// Returns one score for each document, in the order of the documents.
    ///
    /// Scores are deterministic. There are no limits on lengths and counts; an empty query or
    /// document is relevant to nothing. A scorer that takes long stops soon after `cancellation`
    /// is cancelled.
    ///
    /// # Errors
    ///
    /// Returns an error if scoring was cancelled or failed.
    fn score(
        &self,
        query: &str,
        documents: &[&str],
        cancellation: &Cancellation,
    ) -> Result<Scored, ScoreError>;

    /// Returns what the scorer is, for logs, metrics and people.
    fn description(&self) -> Description;

    /// Returns whether documents can be ranked by this query.
    ///
    /// If it is `false`, every document gets the same score, and the caller should report that. For
    /// example, [`Lexical`] finds no term in a query of emoji or punctuation.
    fn can_rank(&self, query: &str) -> bool {
        let _ = query;
        true
    }
}

impl<S: Scorer + ?Sized> Scorer for Box<S> {
    fn score(
        &self,
        query: &str,
        documents: &[&str],
        cancellation: &Cancellation,
    ) -> Result<Scored, ScoreError> {
        (**self).score(query, documents, cancellation)
    }

    fn description(&self) -> Description {
        (**self).description()
    }

    fn can_rank(&self, query: &str) -> bool {
        (**self).can_rank(query)
    }
}

/// What a scorer is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Description {
    /// The name, such as that of a model.
    pub name: String,
    /// How it scores.
    pub kind: ScorerKind,
    /// The languages that it was made for, as far as that is known.
    pub languages: Vec<String>,
    /// The tokens of query and document that it reads at most; `None` if it reads all.
    pub max_tokens: Option<usize>,
}

impl Description {
    /// Returns the description of a scorer that reads all tokens, and whose languages are not
    /// known.
    pub fn new(name: impl Into<String>, kind: ScorerKind) -> Self {
        Self {
            name: name.into(),
            kind,
            languages: Vec::new(),
            max_tokens: None,
        }
    }
}

/// How a scorer scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScorerKind {
    /// By the words that query and document share.
    Lexical,
    /// By a model that reads query and document together.
    CrossEncoder,
    /// By the similarity of the embeddings of query and document.
    Embedding,
}

impl ScorerKind {
    /// Returns the name in logs and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lexical => "lexical",
            Self::CrossEncoder => "cross-encoder",
            Self::Embedding => "embedding",
        }
    }
}

/// Why documents were not scored.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScoreError {
    /// The [`Cancellation`] was cancelled.
    Cancelled,
    /// The scorer failed, for the given reason. It does not quote texts of the request.
    Failed(String),
}

impl fmt::Display for ScoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => f.write_str("scoring was cancelled"),
            Self::Failed(reason) => write!(f, "scoring failed: {reason}"),
        }
    }
}

impl std::error::Error for ScoreError {}

/// The scores of a request's documents, and the token counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scored {
    /// The tokens of the query.
    pub query_tokens: usize,
    /// The scores of the documents, in the order of the request.
    pub documents: Vec<Score>,
    /// The number of documents that were scored by their beginnings, since the scorer reads no more.
    pub cut: usize,
}

impl Scored {
    /// Returns the tokens that the service would charge: the query counts once for each document.
    #[must_use]
    pub fn prompt_tokens(&self) -> usize {
        let documents = self.documents.iter().map(|document| document.tokens);
        self.query_tokens * self.documents.len() + documents.sum::<usize>()
    }
}

/// The relevance of one document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// A finite score on the scorer's own scale; higher is more relevant.
    pub raw: f32,
    /// A score in [0, 1). Within a request, a document with a higher raw score never has a lower
    /// normalized score.
    pub normalized: f32,
    /// The tokens of the document.
    pub tokens: usize,
}

/// Returns the indices of the documents, best first. Equal scores keep the order of the request.
#[must_use]
pub fn ranking(documents: &[Score]) -> Vec<usize> {
    let mut indices: Vec<_> = documents.iter().enumerate().collect();
    // Adding 0 makes -0 the same as 0.
    indices.sort_by(|(_, a), (_, b)| (b.raw + 0.0).total_cmp(&(a.raw + 0.0)));
    indices.into_iter().map(|(index, _)| index).collect()
}

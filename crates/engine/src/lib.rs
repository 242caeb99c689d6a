//! [`Scorer`]: how relevant each candidate document is to a query, computed here.
//!
//! [`Lexical`] is the scorer that is always there: BM25 over stemmed words and, for scripts
//! that set no spaces, over characters and pairs of them. It needs no model and no data; what
//! it knows of how common a term is, it takes from the candidates themselves.
//!
//! ```
//! use bigmodel_rerank_engine::{Lexical, Scorer, ranking};
//!
//! let documents = ["Carson City is the capital of Nevada.", "法国的首都是巴黎。"];
//! let scored = Lexical.score("法国首都", &documents);
//! assert_eq!(ranking(&scored.documents), [1, 0]);
//! ```

mod emphasis;
mod lexical;
mod stretches;
mod terms;
mod work;

pub use lexical::Lexical;
pub use work::work;

/// Scores candidate documents against a query.
pub trait Scorer: Send + Sync {
    /// One score for each document, in the order of the documents.
    ///
    /// The same input gives the same scores, whatever else runs. There are no limits on
    /// lengths and counts here; an empty query or document is unrelated to everything.
    fn score(&self, query: &str, documents: &[&str]) -> Scored;

    /// Returns whether the query has anything that documents can be compared by.
    ///
    /// Where it is `false`, every document gets the same score, whatever it says, and a caller
    /// does well to say so: [`Lexical`] finds no term in a query of emoji or punctuation.
    fn can_rank(&self, query: &str) -> bool {
        let _ = query;
        true
    }
}

/// The scores of a request's documents, and how many tokens were read for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scored {
    /// The tokens of the query, counted once.
    pub query_tokens: usize,
    /// Each document's score, in the order of the request.
    pub documents: Vec<Score>,
}

impl Scored {
    /// The tokens that the service would charge: the query counts once for each document.
    #[must_use]
    pub fn prompt_tokens(&self) -> usize {
        let documents = self.documents.iter().map(|document| document.tokens);
        self.query_tokens * self.documents.len() + documents.sum::<usize>()
    }
}

/// How relevant one document is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The scorer's own scale, finite, more being better.
    pub raw: f32,
    /// From 0 to below 1; of two documents of a request, the one with the higher raw score
    /// never has the lower normalized one.
    pub normalized: f32,
    /// The tokens of the document.
    pub tokens: usize,
}

/// The places of the documents, best first. Equal scores keep the order of the request.
#[must_use]
pub fn ranking(documents: &[Score]) -> Vec<usize> {
    let mut places: Vec<_> = documents.iter().enumerate().collect();
    // Adding 0 makes -0 the same as 0.
    places.sort_by(|(_, a), (_, b)| (b.raw + 0.0).total_cmp(&(a.raw + 0.0)));
    places.into_iter().map(|(place, _)| place).collect()
}

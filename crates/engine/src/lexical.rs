//! BM25 within a request: the candidates are the collection for the statistics.

use bigmodel_rerank_tokens::count_tokens;
use rayon::prelude::*;

use crate::counts::{Counts, Memory, count};
use crate::occurrences::terms;
use crate::query_terms::QueryTerms;
use crate::{Cancellation, Description, Score, ScoreError, Scored, Scorer, ScorerKind};

/// BM25 k1: how quickly repetitions of a term saturate.
const K1: f64 = 1.2;
/// BM25 b: how much the length of a document is penalized, from 0 to 1.
const B: f64 = 0.75;
/// Number of documents without any term of the query that are added to the statistics. Without
/// them, the rarity of a term among few candidates would be random, and a term that all candidates
/// contain, because it is their subject, would weigh nothing.
const BACKGROUND: f64 = 100.0;

/// The lexical scorer: BM25 over words and character n-grams, without a model.
///
/// - The raw score is the sum of BM25 weights, and 0 if no term is shared. It has no upper bound,
///   because it grows with the query.
/// - The normalized score is `1 - 10^(-raw / full)`, where `full` is the raw score of a document
///   of average length with each term of the query once: such a document scores 0.9, and none
///   reaches 1.
/// - The rarity of terms and the average length come from the documents of the request, so scores of
///   different requests are not comparable.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexical;

impl Lexical {
    /// Returns one score for each document, in the order of the documents.
    #[must_use]
    pub fn score(&self, query: &str, documents: &[&str]) -> Scored {
        let query_terms = QueryTerms::new(query);
        if query_terms.weights.is_empty() && !documents.is_empty() {
            tracing::warn!("a query has no words, so every document scores 0");
        }
        let counted: Vec<_> = documents
            .par_iter()
            .map_init(Memory::default, |memory, document| {
                (
                    count(&query_terms, document, memory),
                    count_tokens(document),
                )
            })
            .collect();
        let collection = Collection::new(&query_terms, counted.iter().map(|(counts, _)| counts));
        let scores = counted.iter().map(|(counts, tokens)| {
            let raw = collection.raw_score(counts);
            Score {
                raw: raw as f32,
                normalized: collection.normalized(raw) as f32,
                tokens: *tokens,
            }
        });
        Scored {
            query_tokens: count_tokens(query),
            documents: scores.collect(),
            cut: 0,
        }
    }

    /// Returns whether documents can be ranked by this query: whether it has a term.
    #[must_use]
    pub fn can_rank(&self, query: &str) -> bool {
        !terms(query).is_empty()
    }
}

impl Scorer for Lexical {
    fn score(
        &self,
        query: &str,
        documents: &[&str],
        cancellation: &Cancellation,
    ) -> Result<Scored, ScoreError> {
        if cancellation.is_cancelled() {
            return Err(ScoreError::Cancelled);
        }
        Ok(Self::score(self, query, documents))
    }

    fn description(&self) -> Description {
        Description::new("lexical", ScorerKind::Lexical)
    }

    fn can_rank(&self, query: &str) -> bool {
        Self::can_rank(self, query)
    }
}

/// Statistics of the candidates about the terms of the query.
struct Collection {
    /// The weight of one occurrence of each term: its rarity times its weight in the query.
    weights: Vec<f64>,
    average_length: f64,
}

impl Collection {
    fn new<'a>(query: &QueryTerms, documents: impl Iterator<Item = &'a Counts>) -> Self {
        let mut containing = vec![0_u32; query.weights.len()];
        let (mut count, mut length) = (0_u32, 0_u64);
        for document in documents {
            count += 1;
            length += u64::from(document.length);
            for (containing, found) in containing.iter_mut().zip(&document.halves) {
                *containing += u32::from(*found > 0);
            }
        }
        let rarity = |containing: u32| {
            let (count, containing) = (f64::from(count) + BACKGROUND, f64::from(containing));
            (1.0 + (count - containing + 0.5) / (containing + 0.5)).ln()
        };
        let weights = query.weights.iter().zip(containing);
        Self {
            weights: weights
                .map(|(weight, containing)| weight * rarity(containing))
                .collect(),
            average_length: length as f64 / f64::from(count.max(1)),
        }
    }

    fn raw_score(&self, document: &Counts) -> f64 {
        if document.length == 0 {
            return 0.0;
        }
        let length = f64::from(document.length) / self.average_length;
        let damping = K1 * (1.0 - B + B * length);
        let found = document
            .halves
            .iter()
            .map(|halves| f64::from(*halves) / 2.0);
        let terms = self.weights.iter().zip(found);
        terms
            .map(|(weight, times)| weight * times * (K1 + 1.0) / (times + damping))
            // `sum` would return -0 for an empty iterator.
            .fold(0.0, |sum, part| sum + part)
    }

    fn normalized(&self, raw: f64) -> f64 {
        let full: f64 = self.weights.iter().sum();
        if full > 0.0 {
            1.0 - 10_f64.powf(-raw / full)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lexical;
    use crate::ranking;

    fn ranked(query: &str, documents: &[&str]) -> Vec<usize> {
        ranking(&Lexical.score(query, documents).documents)
    }

    #[test]
    fn the_documented_request_ranks_as_documented() {
        let documents = [
            "Carson City is the capital city of the American state of Nevada.",
            "Washington, D.C. (also known as simply Washington or D.C., and officially as the \
             District of Columbia) is the capital of the United States. It is a federal district.",
        ];
        let query = "What is the capital of the United States?";
        assert_eq!(ranked(query, &documents), [1, 0]);
    }

    #[test]
    fn equal_scores_keep_the_order_of_the_request() {
        assert_eq!(
            ranked("tea", &["green tea", "coffee", "green tea", "milk"]),
            [0, 2, 1, 3]
        );
    }

    #[test]
    fn an_average_document_with_each_term_once_scores_0_9() {
        let scored = Lexical.score("green tea", &["green tea"]);
        assert!((scored.documents[0].normalized - 0.9).abs() < 1e-6);
    }

    #[test]
    fn empty_or_unrelated_texts_score_zero() {
        for (query, document) in [
            ("tea", "coffee"),
            ("", "tea"),
            ("tea", ""),
            ("", ""),
            ("!", "!"),
        ] {
            let score = Lexical.score(query, &[document]).documents[0];
            assert_eq!(
                (score.raw.to_bits(), score.normalized.to_bits()),
                (0, 0),
                "{query:?} {document:?}"
            );
        }
        assert_eq!(Lexical.score("tea", &[]).documents, []);
    }

    #[test]
    fn can_rank_is_false_for_a_query_without_terms() {
        for query in ["", " ", "🙂", "?!", "— …", "👩\u{200d}💻"] {
            assert!(!Lexical.can_rank(query), "{query:?}");
        }
        for query in ["tea", "茶", "茶🙂", "4", "C++"] {
            assert!(Lexical.can_rank(query), "{query:?}");
        }
    }

    #[test]
    fn tokens_follow_the_documented_formula() {
        let scored = Lexical.score("one two", &["a b c", "d"]);
        assert_eq!(scored.prompt_tokens(), 2 * 2 + 3 + 1);
    }
}

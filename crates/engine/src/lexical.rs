//! BM25 within a request: the candidates are the collection that statistics come from.

use std::collections::HashMap;

use bigmodel_rerank_tokens::count_tokens;
use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::emphasis::emphasis;
use crate::terms::Terms;
use crate::{Score, Scored, Scorer};

/// How fast repetitions of a term stop adding to the score.
const K1: f64 = 1.2;
/// How far a document's length counts against it, from 0 to 1.
const B: f64 = 0.75;
/// How many documents without any term of the query are added to those of the request when it
/// is told how rare a term is. Among few candidates, chance would decide that otherwise, and a
/// term that all of them have, which is what they are about, would weigh nothing.
const BACKGROUND: f64 = 100.0;

/// The scorer that is always there: BM25 over words and n-grams of characters.
///
/// - The raw score is the sum of BM25 weights; 0 where no term is shared. It has no upper
///   bound, for it grows with the query.
/// - The normalized score is `1 - 10^(-raw / full)`, where `full` is the raw score of a document
///   of average length with each term of the query once: such a document gets 0.9, and none
///   ever reaches 1.
/// - How rare a term is, and how long a document is on average, is taken from the documents
///   of the request. So scores of different requests do not compare.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexical;

impl Scorer for Lexical {
    fn score(&self, query: &str, documents: &[&str]) -> Scored {
        let terms = Terms::new();
        let query_terms = QueryTerms::new(&terms, query);
        let counted: Vec<_> = documents
            .par_iter()
            .map(|document| (query_terms.count(&terms, document), count_tokens(document)))
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
        }
    }

    fn can_rank(&self, query: &str) -> bool {
        let mut has_terms = false;
        Terms::new().each(query, |_, _| has_terms = true);
        has_terms
    }
}

/// The different terms of a query, each with a number.
struct QueryTerms {
    numbers: HashMap<Box<str>, usize, RandomState>,
    /// How much the query makes of each term, over all its occurrences.
    emphasis: Vec<f64>,
}

impl QueryTerms {
    fn new(terms: &Terms, query: &str) -> Self {
        let mut numbers = HashMap::default();
        let mut weights: Vec<f64> = Vec::new();
        terms.each(query, |term, kind| {
            let number = match numbers.get(term) {
                Some(number) => *number,
                None => {
                    numbers.insert(term.into(), weights.len());
                    weights.push(0.0);
                    weights.len() - 1
                }
            };
            if let Some(weight) = weights.get_mut(number) {
                *weight += emphasis(term, kind);
            }
        });
        Self {
            numbers,
            emphasis: weights,
        }
    }

    fn count(&self, terms: &Terms, document: &str) -> Counts {
        let mut found = Counts {
            of_terms: vec![0; self.emphasis.len()],
            length: 0,
        };
        terms.each(document, |term, _| {
            found.length += 1;
            let number = self.numbers.get(term);
            if let Some(count) = number.and_then(|number| found.of_terms.get_mut(*number)) {
                *count += 1;
            }
        });
        found
    }
}

/// What a document has of the query's terms.
struct Counts {
    /// How often each term of the query stands in the document.
    of_terms: Vec<u32>,
    /// How many terms the document has in all.
    length: u32,
}

/// What the candidates together say about the terms of the query.
struct Collection {
    /// What one full occurrence of each term weighs: its rarity, times its emphasis.
    weights: Vec<f64>,
    average_length: f64,
}

impl Collection {
    fn new<'a>(query: &QueryTerms, documents: impl Iterator<Item = &'a Counts>) -> Self {
        let mut having = vec![0_u32; query.emphasis.len()];
        let (mut count, mut length) = (0_u32, 0_u64);
        for document in documents {
            count += 1;
            length += u64::from(document.length);
            for (having, found) in having.iter_mut().zip(&document.of_terms) {
                *having += u32::from(*found > 0);
            }
        }
        let rarity = |having: u32| {
            let (count, having) = (f64::from(count) + BACKGROUND, f64::from(having));
            (1.0 + (count - having + 0.5) / (having + 0.5)).ln()
        };
        let weights = query.emphasis.iter().zip(having);
        Self {
            weights: weights
                .map(|(emphasis, having)| emphasis * rarity(having))
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
        let found = document.of_terms.iter().map(|times| f64::from(*times));
        let parts = self.weights.iter().zip(found);
        parts
            .map(|(weight, times)| weight * times * (K1 + 1.0) / (times + damping))
            // Not `sum`, which makes -0 of nothing.
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
    use crate::{Scorer, ranking};

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
    fn an_average_document_with_each_term_once_scores_nine_tenths() {
        let scored = Lexical.score("green tea", &["green tea"]);
        assert!((scored.documents[0].normalized - 0.9).abs() < 1e-6);
    }

    #[test]
    fn nothing_shared_or_nothing_there_scores_zero() {
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
    fn a_query_without_terms_is_known() {
        for query in ["", " ", "🙂", "?!", "— …", "👩\u{200d}💻"] {
            assert!(!Lexical.can_rank(query), "{query:?}");
        }
        for query in ["tea", "茶", "茶🙂", "4", "C++"] {
            assert!(Lexical.can_rank(query), "{query:?}");
        }
    }

    #[test]
    fn tokens_are_charged_by_the_documented_formula() {
        let scored = Lexical.score("one two", &["a b c", "d"]);
        assert_eq!(scored.prompt_tokens(), 2 * 2 + 3 + 1);
    }
}

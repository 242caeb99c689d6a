//! Counts the terms of the query in a document.
//!
//! Nearly all of the time is spent on words that the query does not contain. Therefore the terms of
//! a document are never collected: a word is skipped if no term of the query begins with its first
//! byte, and its stem is cached otherwise; a pair of characters is looked up only if the query
//! contains both.

use crate::query_terms::{Found, QueryTerms};
use crate::stems::Stems;
use crate::terms::{Form, Sink, Stemming, each_term};
use crate::word_cache::WordCache;

/// The counts of the query's terms in a document.
pub(crate) struct Counts {
    /// The occurrences of each term of the query, in halves: a word that differs in accents counts
    /// half, so that exact matches rank first.
    pub(crate) halves: Vec<u32>,
    /// The number of terms in the document, without alternate forms.
    pub(crate) length: u32,
}

/// Buffers and the cache of one thread, reused for each document.
#[derive(Default)]
pub(crate) struct Memory {
    folded: String,
    lower: String,
    stems: Stems,
    cache: WordCache,
}

/// Counts the terms of the query in a document.
pub(crate) fn count(query: &QueryTerms, document: &str, memory: &mut Memory) -> Counts {
    let mut counter = Counter {
        query,
        counts: Counts {
            halves: vec![0; query.weights.len()],
            length: 0,
        },
        lower: &mut memory.lower,
        stems: &mut memory.stems,
        cache: &mut memory.cache,
    };
    each_term(document, &mut memory.folded, &mut counter);
    counter.counts
}

struct Counter<'a> {
    query: &'a QueryTerms,
    counts: Counts,
    lower: &'a mut String,
    stems: &'a mut Stems,
    cache: &'a mut WordCache,
}

impl Counter<'_> {
    fn count(&mut self, found: Found) {
        if let Some(halves) = self.counts.halves.get_mut(found.number as usize) {
            *halves = halves.saturating_add(u32::from(found.halves));
        }
    }
}

impl Sink for Counter<'_> {
    fn word(&mut self, word: &str, stemming: Stemming, form: Form) {
        if form == Form::Main {
            self.counts.length = self.counts.length.saturating_add(1);
        }
        let first = word.bytes().next().unwrap_or_default();
        if !self.query.may_begin_with(first.to_ascii_lowercase()) {
            return;
        }
        self.lower.clear();
        self.lower.push_str(word);
        self.lower.make_ascii_lowercase();
        let found = match self.cache.get(self.lower, stemming) {
            Some(found) => found,
            None => {
                let found = self.query.find_word(self.lower, stemming, self.stems);
                self.cache.put(self.lower, stemming, found);
                found
            }
        };
        self.count(found);
    }

    fn gram(&mut self, first: char, second: Option<char>) {
        self.counts.length = self.counts.length.saturating_add(1);
        self.count(self.query.find_gram(first, second));
    }
}

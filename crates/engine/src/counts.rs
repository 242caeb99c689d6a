//! The terms of the query in a document.
//!
//! Nearly all of the time goes to the words of documents that the query does not have. So the
//! terms of a document are never made: a word is passed over by its first byte where no term of
//! the query begins with it, and stemmed once and remembered otherwise; a pair of characters is
//! looked up only where the query has both.

use crate::query_terms::{Found, QueryTerms};
use crate::stems::Stems;
use crate::terms::{Form, Sink, Stemming, each_term};
use crate::word_cache::WordCache;

/// What a document has of the query's terms.
pub(crate) struct Counts {
    /// How often each term of the query is in the document, in halves: a word that differs in
    /// accents counts half, so that the same word comes first.
    pub(crate) halves: Vec<u32>,
    /// How many terms the document has in all, without other forms of words.
    pub(crate) length: u32,
}

/// What one thread keeps from document to document.
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

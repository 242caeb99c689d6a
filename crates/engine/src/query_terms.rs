//! The terms of a query, and how they are found in documents.
//!
//! Nearly all of the time goes to the words of documents that the query does not have. So the
//! terms of a document are never made: a word is passed over by its first byte where no term of
//! the query begins with it, and stemmed once and remembered otherwise; a pair of characters is
//! looked up only where the query has both.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::folding::has_accents;
use crate::stems::Stems;
use crate::term_weights::weight;
use crate::terms::{Form, Sink, Stemming, each_term};
use crate::word_cache::{Found, WordCache};

/// A term, by which query and documents are compared.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Term {
    /// A stemmed word.
    Word(Box<str>),
    /// A character, or two neighbours, of a script without spaces between words.
    Gram(char, Option<char>),
}

/// A term as a text has it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Occurrence {
    pub(crate) term: Term,
    pub(crate) form: Form,
    /// The stem of a word that has accents, with them. The term is without.
    pub(crate) accented: Option<Box<str>>,
}

/// Returns the terms of a text, in order.
pub(crate) fn terms(text: &str) -> Vec<Occurrence> {
    let mut list = TermList::default();
    each_term(text, &mut String::new(), &mut list);
    list.terms
}

/// Terms with nothing left out.
#[derive(Default)]
pub(crate) struct TermList {
    pub(crate) terms: Vec<Occurrence>,
    stems: Stems,
}

impl Sink for TermList {
    fn word(&mut self, word: &str, stemming: Stemming, form: Form) {
        let lower = word.to_ascii_lowercase();
        let accented = self.stems.accented(&lower, stemming).map(Box::from);
        let term = Term::Word(self.stems.plain(&lower, stemming).into());
        self.terms.push(Occurrence {
            term,
            form,
            accented,
        });
    }

    fn gram(&mut self, first: char, second: Option<char>) {
        self.terms.push(Occurrence {
            term: Term::Gram(first, second),
            form: Form::Main,
            accented: None,
        });
    }
}

/// The different terms of a query, each with a number.
pub(crate) struct QueryTerms {
    words: HashMap<Box<str>, u32, RandomState>,
    grams: HashMap<u64, u32, RandomState>,
    /// The first bytes of the words. Stemming keeps the first byte of a word.
    first_bytes: [bool; 256],
    /// Which characters the n-grams have, by the low bits of their numbers.
    gram_characters: Vec<bool>,
    /// The stems of words with accents, as the query has them.
    accented: HashSet<Box<str>, RandomState>,
    /// Whether the query has the term without accents.
    is_plain: Vec<bool>,
    /// Whether any word has accents. Where the query is written with accents, its words without
    /// them are meant so: French "participe" is not "participé".
    has_accents: bool,
    /// How much the query makes of each term, over all its occurrences.
    pub(crate) weights: Vec<f64>,
}

const LOW_BITS: u32 = 0xffff;

impl QueryTerms {
    pub(crate) fn new(query: &str) -> Self {
        let mut new = Self {
            words: HashMap::default(),
            grams: HashMap::default(),
            first_bytes: [false; 256],
            gram_characters: Vec::new(),
            accented: HashSet::default(),
            is_plain: Vec::new(),
            has_accents: false,
            weights: Vec::new(),
        };
        for occurrence in terms(query) {
            new.add(occurrence);
        }
        new
    }

    fn add(&mut self, occurrence: Occurrence) {
        let Occurrence {
            term,
            form,
            accented,
        } = occurrence;
        let weight = weight(&term, form);
        let next = u32::try_from(self.weights.len()).unwrap_or(u32::MAX);
        let number = match term {
            Term::Word(word) => {
                let first = word.bytes().next().map(usize::from);
                if let Some(is_first) = first.and_then(|first| self.first_bytes.get_mut(first)) {
                    *is_first = true;
                }
                *self.words.entry(word).or_insert(next)
            }
            Term::Gram(first, second) => {
                self.gram_characters.resize(LOW_BITS as usize + 1, false);
                for c in [Some(first), second].into_iter().flatten() {
                    if let Some(is_there) = self.gram_characters.get_mut(low_bits(c)) {
                        *is_there = true;
                    }
                }
                *self.grams.entry(gram_key(first, second)).or_insert(next)
            }
        };
        if number == next {
            self.weights.push(0.0);
            self.is_plain.push(false);
        }
        if let Some(sum) = self.weights.get_mut(number as usize) {
            *sum += weight;
        }
        if let Some(is_plain) = self.is_plain.get_mut(number as usize) {
            *is_plain |= accented.is_none();
        }
        self.has_accents |= accented.as_deref().is_some_and(has_accents);
        self.accented.extend(accented);
    }

    /// Returns which term a word in lower case is, and how much it counts.
    fn find(&self, word: &str, stemming: Stemming, stems: &mut Stems) -> Found {
        let Some(number) = self.words.get(stems.plain(word, stemming)).copied() else {
            return Found::default();
        };
        let is_plain = self.is_plain.get(number as usize).copied() == Some(true);
        let is_same = match stems.accented(word, stemming) {
            Some(stem) if self.accented.contains(stem) => true,
            Some(_) if is_plain && self.has_accents && has_accents(word) => {
                return Found::default();
            }
            Some(_) => false,
            None => is_plain,
        };
        let halves = if is_same { 2 } else { 1 };
        Found { number, halves }
    }

    /// Counts the terms of a document.
    pub(crate) fn count(&self, document: &str, memory: &mut Memory) -> Counts {
        let mut counter = Counter {
            query: self,
            counts: Counts {
                halves: vec![0; self.weights.len()],
                length: 0,
            },
            lower: &mut memory.lower,
            stems: &mut memory.stems,
            cache: &mut memory.cache,
        };
        each_term(document, &mut memory.folded, &mut counter);
        counter.counts
    }

    fn has_character(&self, c: char) -> bool {
        self.gram_characters
            .get(low_bits(c))
            .copied()
            .unwrap_or_default()
    }
}

fn low_bits(c: char) -> usize {
    (u32::from(c) & LOW_BITS) as usize
}

fn gram_key(first: char, second: Option<char>) -> u64 {
    u64::from(u32::from(first)) << 32 | second.map_or(0, |second| u64::from(u32::from(second)))
}

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
        let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
        let may_match = self.query.first_bytes.get(usize::from(first)).copied();
        // Without its accent, another letter begins with another byte.
        if first.is_ascii() && may_match != Some(true) {
            return;
        }
        self.lower.clear();
        self.lower.push_str(word);
        self.lower.make_ascii_lowercase();
        let found = match self.cache.get(self.lower, stemming) {
            Some(found) => found,
            None => {
                let found = self.query.find(self.lower, stemming, self.stems);
                self.cache.put(self.lower, stemming, found);
                found
            }
        };
        self.count(found);
    }

    fn gram(&mut self, first: char, second: Option<char>) {
        self.counts.length = self.counts.length.saturating_add(1);
        if self.query.has_character(first) && second.is_none_or(|c| self.query.has_character(c)) {
            let number = self.query.grams.get(&gram_key(first, second));
            self.count(number.map_or(Found::default(), |number| Found {
                number: *number,
                halves: 2,
            }));
        }
    }
}

//! The different terms of a query, and which of them a word or a pair of characters is.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::folding::has_accents;
use crate::occurrences::{Occurrence, Term, terms};
use crate::stems::Stems;
use crate::term_weights::weight;
use crate::terms::Stemming;

/// Which term of the query a word is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Found {
    pub(crate) number: u32,
    /// How much the word counts, in halves; 0 if the query does not have it.
    pub(crate) halves: u8,
}

/// The different terms of a query, each with a number.
pub(crate) struct QueryTerms {
    words: HashMap<Box<str>, u32, RandomState>,
    grams: HashMap<u64, u32, RandomState>,
    /// With which bytes the words begin.
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

    /// Returns which term a word in lower case is.
    pub(crate) fn find_word(&self, word: &str, stemming: Stemming, stems: &mut Stems) -> Found {
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

    /// Returns which term a character, or two neighbours, are.
    #[inline]
    pub(crate) fn find_gram(&self, first: char, second: Option<char>) -> Found {
        if !self.has_character(first) || second.is_some_and(|c| !self.has_character(c)) {
            return Found::default();
        }
        match self.grams.get(&gram_key(first, second)) {
            Some(number) => Found {
                number: *number,
                halves: 2,
            },
            None => Found::default(),
        }
    }

    /// Returns whether any word of the query may begin with this byte of a word in lower case.
    /// Stemming keeps the first byte in ASCII; without its accent, another letter has another.
    #[inline]
    pub(crate) fn may_begin_with(&self, first: u8) -> bool {
        !first.is_ascii() || self.first_bytes.get(usize::from(first)) == Some(&true)
    }

    #[inline]
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

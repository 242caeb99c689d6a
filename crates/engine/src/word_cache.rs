//! A cache of recent words and the query's terms that they match, so that a repeated word is not
//! stemmed again.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::query_terms::Found;
use crate::terms::Stemming;

/// A power of two. With 32 bytes per slot, the table has 64 KiB: it fits into the processor's cache
/// and holds most words that documents repeat.
const SLOTS: usize = 2048;
/// The maximum length of a cached word in bytes. Longer words are rare.
const MAX_LENGTH: usize = 22;

#[derive(Clone, Copy)]
struct Slot {
    word: [u8; MAX_LENGTH],
    /// 0 if the slot is free.
    length: u8,
    is_stemmed: bool,
    found: Found,
}

const FREE: Slot = Slot {
    word: [0; MAX_LENGTH],
    length: 0,
    is_stemmed: false,
    found: Found {
        number: 0,
        halves: 0,
    },
};

/// A direct-mapped cache of fixed size: a word replaces the previous word in its slot.
pub(crate) struct WordCache(Vec<Slot>);

impl Default for WordCache {
    fn default() -> Self {
        Self(vec![FREE; SLOTS])
    }
}

impl WordCache {
    /// Returns the term that the word matches, if the word is in the cache.
    #[inline]
    pub(crate) fn get(&self, word: &str, stemming: Stemming) -> Option<Found> {
        let slot = self.0.get(slot_index(word))?;
        let cached = slot.word.get(..usize::from(slot.length))?;
        let is_hit = cached == word.as_bytes() && slot.is_stemmed == (stemming != Stemming::None);
        (is_hit && !word.is_empty()).then_some(slot.found)
    }

    /// Stores the term that the word matches.
    pub(crate) fn put(&mut self, word: &str, stemming: Stemming, found: Found) {
        let Some(slot) = self.0.get_mut(slot_index(word)) else {
            return;
        };
        let Some(cached) = slot.word.get_mut(..word.len()) else {
            return;
        };
        cached.copy_from_slice(word.as_bytes());
        slot.length = u8::try_from(word.len()).unwrap_or_default();
        slot.is_stemmed = stemming != Stemming::None;
        slot.found = found;
    }
}

/// Returns the slot of a word. A fixed seed is safe, because a collision only costs another
/// stemming.
fn slot_index(word: &str) -> usize {
    FixedState::with_seed(0).hash_one(word.as_bytes()) as usize % SLOTS
}

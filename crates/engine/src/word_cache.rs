//! The words met lately, and which term of the query each is, so that a word that comes again
//! is not stemmed again.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::query_terms::Found;
use crate::terms::Stemming;

/// A power of two. With 32 bytes each, 64 KiB stay in the processor's own cache, and hold most of
/// what a few documents repeat.
const SLOTS: usize = 2048;
/// Longer words are rare, and stemmed each time.
const LONGEST: usize = 22;

#[derive(Clone, Copy)]
struct Slot {
    word: [u8; LONGEST],
    /// 0 in a slot that is free.
    length: u8,
    is_stemmed: bool,
    found: Found,
}

const FREE: Slot = Slot {
    word: [0; LONGEST],
    length: 0,
    is_stemmed: false,
    found: Found {
        number: 0,
        halves: 0,
    },
};

/// A cache of fixed size: a word has one slot, which the next word of that slot takes over.
pub(crate) struct WordCache(Vec<Slot>);

impl Default for WordCache {
    fn default() -> Self {
        Self(vec![FREE; SLOTS])
    }
}

impl WordCache {
    /// Returns what is kept of the word, if it is in the cache.
    #[inline]
    pub(crate) fn get(&self, word: &str, stemming: Stemming) -> Option<Found> {
        let slot = self.0.get(place(word))?;
        let kept = slot.word.get(..usize::from(slot.length))?;
        let is_it = kept == word.as_bytes() && slot.is_stemmed == (stemming != Stemming::None);
        (is_it && !word.is_empty()).then_some(slot.found)
    }

    /// Keeps which term the word is.
    pub(crate) fn put(&mut self, word: &str, stemming: Stemming, found: Found) {
        let Some(slot) = self.0.get_mut(place(word)) else {
            return;
        };
        let Some(kept) = slot.word.get_mut(..word.len()) else {
            return;
        };
        kept.copy_from_slice(word.as_bytes());
        slot.length = u8::try_from(word.len()).unwrap_or_default();
        slot.is_stemmed = stemming != Stemming::None;
        slot.found = found;
    }
}

/// The hash has the same seed each time: a word whose slot is taken costs a stemming more, and
/// nothing else.
fn place(word: &str) -> usize {
    FixedState::with_seed(0).hash_one(word.as_bytes()) as usize % SLOTS
}

//! The texts of the part: sentences of the labelled sets, joined to the lengths that are wanted.

use std::fs;

use anyhow::Context as _;
use serde_json::Value;

use crate::paths::Bench;

pub(super) const QUERY: &str = "how to keep bread fresh for several days";

/// English sentences.
pub(super) struct Sentences(Vec<String>);

impl Sentences {
    pub(super) fn read(bench: &Bench) -> anyhow::Result<Self> {
        let path = "crates/engine/tests/labelled/hard-english.jsonl";
        let text = fs::read_to_string(bench.root.join(path)).context(path)?;
        let mut sentences = Vec::new();
        for line in text.lines() {
            let labelled: Value = serde_json::from_str(line)?;
            let candidates = labelled["candidates"].as_array().into_iter().flatten();
            let texts = candidates.filter_map(|one| one["text"].as_str());
            sentences.extend(texts.map(str::to_owned));
        }
        Ok(Self(sentences))
    }

    /// Returns a text of each length, in characters. No two are the same, since equal texts of a
    /// request are scored once.
    pub(super) fn texts(&self, lengths: impl IntoIterator<Item = usize>) -> Vec<String> {
        let mut sentences = self.0.iter().cycle();
        let text = |(number, length)| {
            let mut text = format!("{number} ");
            while text.chars().count() < length {
                let Some(sentence) = sentences.next() else {
                    break;
                };
                text += sentence;
                text.push(' ');
            }
            text.chars().take(length).collect()
        };
        lengths.into_iter().enumerate().map(text).collect()
    }
}

/// Returns lengths from 40 to 1,800 characters, as many of each order of magnitude, shuffled.
pub(super) fn mixed(count: usize) -> Vec<usize> {
    let length = |index: usize| {
        // 37 has no factor in common with the counts that are used.
        let share = (index * 37 % count) as f64 / (count - 1) as f64;
        (40.0 * 45_f64.powf(share)) as usize
    };
    (0..count).map(length).collect()
}

#[cfg(test)]
mod tests {
    use super::{Sentences, mixed};

    #[test]
    fn texts_have_their_lengths_and_differ() {
        let sentences = Sentences(vec!["One.".to_owned(), "And two.".to_owned()]);
        let mut texts = sentences.texts(vec![20; 300]);
        assert!(texts.iter().all(|text| text.chars().count() == 20));
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), 300);
    }

    #[test]
    fn every_length_is_there_once() {
        let mut lengths = mixed(64);
        assert_ne!(lengths[0] + 1, lengths[1]);
        lengths.sort_unstable();
        assert_eq!((lengths[0], lengths[63]), (40, 1800));
        lengths.dedup();
        assert_eq!(lengths.len(), 64);
    }
}

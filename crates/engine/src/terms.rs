//! Splits text into terms, by which query and documents are compared.
//!
//! A word is one term, folded and stemmed. In scripts without spaces between words, each pair of
//! neighbouring characters is a term, and so is each Han character, because it has a meaning of its
//! own.

use unicode_script::Script;
use unicode_segmentation::UnicodeSegmentation;

use crate::ascii_words::each_ascii_word;
use crate::characters::{is_unspaced, script_of};
use crate::folding::fold;
use crate::grams::Grams;
use crate::script_runs::{Run, runs};
use crate::shapes::emit_word;

/// Whether a word is in the text as it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Form {
    /// The word as it is.
    Main,
    /// An additional form of words in the text: "email" for "e-mail", "node" for "node.js".
    Alternate,
}

/// How a word is stemmed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stemming {
    English,
    Russian,
    /// No stemming: numbers, names such as "C++", and scripts without a stemmer.
    None,
}

impl Stemming {
    /// Returns the stemming for a word, by the script of its first character.
    pub(crate) fn for_word(word: &str) -> Self {
        match word.chars().next() {
            Some(c) if c.is_ascii_alphabetic() => Self::English,
            Some(c) if !c.is_ascii() => match script_of(c) {
                Script::Latin => Self::English,
                Script::Cyrillic => Self::Russian,
                _ => Self::None,
            },
            _ => Self::None,
        }
    }
}

/// Receives the terms of a text.
pub(crate) trait Sink {
    /// Receives a word before stemming; it is folded, except that ASCII letters may be upper case.
    fn word(&mut self, word: &str, stemming: Stemming, form: Form);

    /// Receives a character or a pair of neighbours, of a script without spaces between words.
    fn gram(&mut self, first: char, second: Option<char>);
}

/// Passes each term of the text to the sink. `folded` is a reusable buffer.
pub(crate) fn each_term(text: &str, folded: &mut String, sink: &mut impl Sink) {
    let mut grams = Grams::default();
    for run in runs(text) {
        match run {
            Run::Ascii(text) => {
                grams.end(sink);
                each_ascii_word(text, sink);
            }
            Run::Han(text) => grams.extend(text, sink),
            Run::Separator(_) => grams.end(sink),
            Run::Other(text) => {
                folded.clear();
                fold(text, folded);
                each_folded_term(folded, &mut grams, sink);
            }
        }
    }
    grams.end(sink);
}

/// Passes the terms of a folded text to the sink, by the general rules (UAX 29); it continues
/// `grams`.
fn each_folded_term(text: &str, grams: &mut Grams, sink: &mut impl Sink) {
    if text.is_empty() {
        return;
    }
    if text.is_ascii() {
        grams.end(sink);
        return each_ascii_word(text, sink);
    }
    let mut end = 0;
    for (start, word) in text.unicode_word_indices() {
        if start != end {
            grams.end(sink);
        }
        end = start + word.len();
        let (word, script) = without_leading_punctuation(word);
        if is_unspaced(script) {
            grams.extend(word, sink);
        } else {
            grams.end(sink);
            emit_word(text, end - word.len()..end, sink);
        }
    }
    if end != text.len() {
        grams.end(sink);
    }
}

/// Returns the word without leading punctuation, and its script. A mark that is a letter by itself
/// forms a word with the punctuation before it.
fn without_leading_punctuation(word: &str) -> (&str, Script) {
    let script = |word: &str| word.chars().next().map_or(Script::Common, script_of);
    match script(word) {
        Script::Common | Script::Inherited => {
            let word = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
            (word, script(word))
        }
        script => (word, script),
    }
}

#[cfg(test)]
mod tests;

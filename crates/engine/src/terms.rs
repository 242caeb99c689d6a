//! Text -> terms: what a query and a document are compared by.
//!
//! A word is one term, in its folded form and stemmed. Scripts without spaces between words have
//! no words to take: there, each pair of neighbouring characters is a term, and each Han
//! character is one as well, for it has a meaning of its own.

use unicode_script::Script;
use unicode_segmentation::UnicodeSegmentation;

use crate::ascii_words::each_ascii_word;
use crate::characters::{is_unspaced, script_of};
use crate::folding::fold;
use crate::grams::Grams;
use crate::script_runs::{Run, runs};
use crate::shapes::emit_word;

/// What a word is to the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Form {
    /// The word as it is.
    Main,
    /// Another form of words that are there as well: "email" of "e-mail", "node" of "node.js".
    Alternate,
}

/// How a word is stemmed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stemming {
    English,
    Russian,
    /// Not at all: numbers, names such as "C++", and scripts without a stemmer here.
    None,
}

impl Stemming {
    /// By the script of the first character, as far as it tells a language.
    pub(crate) fn of(word: &str) -> Self {
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

/// Takes the terms of a text.
pub(crate) trait Sink {
    /// A word, folded except that ASCII letters may still be upper case, before stemming.
    fn word(&mut self, word: &str, stemming: Stemming, form: Form);

    /// A character, or two neighbours, of a script without spaces between words.
    fn gram(&mut self, first: char, second: Option<char>);
}

/// Gives each term of the text to the sink. `folded` is a buffer, to be used again.
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

/// The terms of a folded text by the general rules (UAX 29), which continues `grams`.
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
        let (word, script) = without_sign(word);
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

/// The word without a sign before it, and the script it begins with: a mark that is a letter by
/// itself makes a word with the sign before it.
fn without_sign(word: &str) -> (&str, Script) {
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

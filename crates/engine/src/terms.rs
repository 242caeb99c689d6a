//! Text -> terms: what a query and a document are compared by.
//!
//! A word is one term, in lower case and stemmed. Scripts without spaces between words have
//! no words to take: there, each pair of neighbouring characters is a term, and each Han
//! character is one as well, for it has a meaning of its own.

use std::borrow::Cow;

use snowstem::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization, is_nfkc_quick};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// What a term is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A whole word.
    Word,
    /// A character, or two neighbours, of a script without spaces between words.
    Gram,
}

/// Takes texts apart into terms.
pub(crate) struct Terms {
    latin: Stemmer,
    cyrillic: Stemmer,
}

impl Terms {
    pub(crate) fn new() -> Self {
        Self {
            latin: Stemmer::create(Algorithm::English),
            cyrillic: Stemmer::create(Algorithm::Russian),
        }
    }

    /// Calls `found` with each term of the text.
    pub(crate) fn each(&self, text: &str, mut found: impl FnMut(&str, Kind)) {
        let text = folded(text);
        let mut stem = String::new();
        let mut run = 0..0;
        for (start, word) in text.unicode_word_indices() {
            let end = start + word.len();
            let script = word.chars().next().map_or(Script::Common, |c| c.script());
            if is_unspaced(script) && start == run.end {
                run.end = end;
                continue;
            }
            grams(text.get(run).unwrap_or_default(), &mut found);
            run = if is_unspaced(script) {
                start..end
            } else {
                self.stem(script, word, &mut stem);
                found(&stem, Kind::Word);
                end..end
            };
        }
        grams(text.get(run).unwrap_or_default(), &mut found);
    }

    fn stem(&self, script: Script, word: &str, out: &mut String) {
        match script {
            Script::Latin => self.latin.stem_into(word, out),
            Script::Cyrillic => self.cyrillic.stem_into(word, out),
            _ => word.clone_into(out),
        }
    }
}

/// The pairs of neighbouring characters, and the Han characters; a lone character is a term.
fn grams(run: &str, found: &mut impl FnMut(&str, Kind)) {
    let mut found = |gram: Option<&str>| found(gram.unwrap_or_default(), Kind::Gram);
    let mut before = None;
    for (start, c) in run.char_indices() {
        let end = start + c.len_utf8();
        if c.script() == Script::Han || run.len() == c.len_utf8() {
            found(run.get(start..end));
        }
        if let Some(first) = before {
            found(run.get(first..end));
        }
        before = Some(start);
    }
}

/// Forms of the same text made one: NFKC, in lower case.
fn folded(text: &str) -> Cow<'_, str> {
    use unicode_normalization::IsNormalized::Yes;
    if text.is_ascii() {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return text.to_ascii_lowercase().into();
        }
        return text.into();
    }
    if is_nfkc_quick(text.chars()) == Yes {
        text.to_lowercase().into()
    } else {
        text.nfkc().collect::<String>().to_lowercase().into()
    }
}

/// Whether the script sets no spaces between words, or sets them between longer units.
fn is_unspaced(script: Script) -> bool {
    matches!(
        script,
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Hangul
            | Script::Bopomofo
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    )
}

#[cfg(test)]
mod tests {
    use super::Terms;

    fn terms(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        Terms::new().each(text, |term, _| all.push(term.to_owned()));
        all
    }

    #[test]
    fn words_are_folded_and_stemmed() {
        assert_eq!(
            terms("The CAPITALS of Nevada!"),
            ["the", "capit", "of", "nevada"]
        );
        assert_eq!(terms("столицы стран"), terms("столица страны"));
    }

    #[test]
    fn han_gives_characters_and_pairs() {
        assert_eq!(terms("北京市"), ["北", "京", "北京", "市", "京市"]);
    }

    #[test]
    fn a_pair_never_spans_a_gap() {
        assert_eq!(terms("北，京"), ["北", "京"]);
        assert_eq!(terms("北 A 京"), ["北", "a", "京"]);
    }

    #[test]
    fn kana_and_hangul_give_pairs() {
        assert_eq!(terms("カメラ"), ["カメ", "メラ"]);
        assert_eq!(terms("서울시"), ["서울", "울시"]);
        assert_eq!(terms("食べる"), ["食", "食べ", "べる"]);
        assert_eq!(terms("パ"), ["パ"]);
    }

    #[test]
    fn forms_of_the_same_text_are_one() {
        assert_eq!(terms("ＧＰＴ ４"), ["gpt", "4"]);
        assert_eq!(terms("ｶﾒﾗ"), terms("カメラ"));
        assert_eq!(terms("cafe\u{301}"), terms("café"));
    }

    #[test]
    fn signs_alone_are_no_terms() {
        assert_eq!(terms("…!? — 🙂"), [""; 0]);
    }
}

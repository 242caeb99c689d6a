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

use crate::stretches::{is_ideograph, stretches};

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
        each_word(&text, |start, word| {
            let end = start + word.len();
            let script = word.chars().next().map_or(Script::Common, script_of);
            if is_unspaced(script) && start == run.end {
                run.end = end;
                return;
            }
            grams(text.get(run.clone()).unwrap_or_default(), &mut found);
            run = if is_unspaced(script) {
                start..end
            } else {
                self.stem(script, word, &mut stem);
                found(&stem, Kind::Word);
                end..end
            };
        });
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

/// Calls `found` with the place of each word, and the word. Several Han characters count as one.
fn each_word(text: &str, mut found: impl FnMut(usize, &str)) {
    for stretch in stretches(text) {
        if stretch.is_han {
            found(stretch.start, stretch.text);
            continue;
        }
        for (at, word) in stretch.text.unicode_word_indices() {
            found(stretch.start + at, word);
        }
    }
}

fn script_of(c: char) -> Script {
    match is_ideograph(c) {
        true => Script::Han,
        false => c.script(),
    }
}

/// The pairs of neighbouring characters, and the Han characters; a lone character is a term.
fn grams(run: &str, found: &mut impl FnMut(&str, Kind)) {
    let mut found = |gram: Option<&str>| found(gram.unwrap_or_default(), Kind::Gram);
    let mut before = None;
    for (start, c) in run.char_indices() {
        let end = start + c.len_utf8();
        if script_of(c) == Script::Han || run.len() == c.len_utf8() {
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
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for stretch in stretches(text) {
        match stretch.is_han {
            true => out.push_str(stretch.text),
            false => fold(stretch.text, &mut out),
        }
    }
    out.into()
}

fn fold(text: &str, out: &mut String) {
    use unicode_normalization::IsNormalized::Yes;
    if text.is_ascii() {
        out.extend(text.chars().map(|c| c.to_ascii_lowercase()));
    } else if is_nfkc_quick(text.chars()) == Yes {
        out.push_str(&text.to_lowercase());
    } else {
        out.push_str(&text.nfkc().collect::<String>().to_lowercase());
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

    /// The terms without stretches, by the general rules alone.
    fn terms_by_the_rules(text: &str) -> Vec<String> {
        use unicode_normalization::UnicodeNormalization;
        use unicode_segmentation::UnicodeSegmentation;

        let folded = text.nfkc().collect::<String>().to_lowercase();
        let (stemmers, mut stem) = (Terms::new(), String::new());
        let mut all = Vec::new();
        let mut run = 0..0;
        let take_grams = |run: std::ops::Range<usize>, all: &mut Vec<String>| {
            super::grams(&folded[run], &mut |term, _| all.push(term.to_owned()));
        };
        for (start, word) in folded.unicode_word_indices() {
            let end = start + word.len();
            let script = unicode_script::UnicodeScript::script(&word.chars().next().unwrap());
            if !super::is_unspaced(script) {
                take_grams(run, &mut all);
                stemmers.stem(script, word, &mut stem);
                all.push(stem.clone());
                run = end..end;
            } else if start == run.end {
                run.end = end;
            } else {
                take_grams(run, &mut all);
                run = start..end;
            }
        }
        take_grams(run, &mut all);
        all
    }

    proptest::proptest! {
        #[test]
        fn stretches_change_nothing(
            text in "([一-龥]{0,3}|[a-zA-Zσς.:'0-9 ]{0,4}|[，。！？、（）]|[ぁ-ヿ]{0,2}|[\u{300}-\u{303}\u{fe00}\u{200d}\u{302a}\u{3099}\u{ad}]|[가-힣]|ﾊﾟ|🇨|.){0,30}"
        ) {
            proptest::prop_assert_eq!(terms(&text), terms_by_the_rules(&text));
        }
    }

    #[test]
    fn signs_alone_are_no_terms() {
        assert_eq!(terms("…!? — 🙂"), [""; 0]);
    }
}

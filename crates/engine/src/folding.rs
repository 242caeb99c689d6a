//! Folds text to the form in which it is compared: one form for all spellings that a search engine
//! treats as the same word.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_script::{Script, UnicodeScript};

use crate::characters::is_ignorable;

/// Appends the folded form of the text: NFKC, lower case, without invisible characters and optional
/// marks. Accents of Latin and Greek letters are kept.
pub(crate) fn fold(text: &str, out: &mut String) {
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes && !text.chars().any(may_fold) {
        out.extend(text.chars().flat_map(char::to_lowercase));
        return;
    }
    let mut base = '\0';
    let visible = text.chars().filter(|c| !is_ignorable(*c)).nfkd();
    let folded = visible
        .filter(move |c| {
            // The dots of the Russian "ё" are optional; "й" is a separate letter.
            let is_dotted = *c == '\u{308}' && matches!(base, 'е' | 'Е');
            base = *c;
            !is_dotted && !is_vowel_mark(*c)
        })
        .flat_map(char::to_lowercase)
        .nfc();
    for c in folded {
        match c {
            'ς' => out.push('σ'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => out.push('\''),
            '\u{2010}' => out.push('-'),
            '♯' => out.push('#'),
            // An accent that does not compose with a letter is dropped.
            c if is_accent(c) => {}
            c => out.push(c),
        }
    }
}

/// Returns whether a normalized character may still be folded.
fn may_fold(c: char) -> bool {
    match c {
        'ς' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2010}' | '♯' | 'ё' | 'Ё' | 'İ' => {
            true
        }
        c => is_accent(c) || is_vowel_mark(c) || is_ignorable(c),
    }
}

/// Appends a folded word without accents: Latin letters as ASCII, Greek letters without tonos and
/// breathings. Marks of other scripts form different letters and are kept.
pub(crate) fn without_accents(word: &str, out: &mut String) {
    let mut has_accents = false;
    let plain = word.nfd().filter(move |c| {
        if is_accent(*c) {
            return !has_accents;
        }
        has_accents = c.is_ascii() || matches!(c.script(), Script::Latin | Script::Greek);
        true
    });
    for c in plain.nfc() {
        match to_ascii(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
}

/// Returns whether a folded word has an accent that `without_accents` removes. Letters such as "ß"
/// are spellings, not accents.
pub(crate) fn has_accents(word: &str) -> bool {
    let removes = |c: char| matches!(c.script(), Script::Latin | Script::Greek);
    let mut characters = word.chars();
    characters.any(|c| !c.is_ascii() && removes(c) && std::iter::once(c).nfd().any(is_accent))
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// Returns whether the character is a Hebrew point or an Arabic vowel mark, which most texts omit,
/// or a tatweel, which only stretches a word.
fn is_vowel_mark(c: char) -> bool {
    matches!(
        c,
        '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'..='\u{5c2}'
            | '\u{5c4}'..='\u{5c5}'
            | '\u{5c7}'
            | '\u{640}'
            | '\u{64b}'..='\u{652}'
            | '\u{670}'
    )
}

/// Returns the ASCII spelling of a Latin letter that has no decomposition.
fn to_ascii(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ɓ' | 'ƀ' => "b",
        'ƈ' => "c",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ɛ' | 'ǝ' => "e",
        'ƒ' => "f",
        'ǥ' | 'ɠ' => "g",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ĸ' | 'ƙ' => "k",
        'ł' | 'ƚ' => "l",
        'ŋ' | 'ɲ' | 'ƞ' => "n",
        'ø' | 'ɔ' | 'ɵ' => "o",
        'ƥ' => "p",
        'ŧ' | 'ƭ' | 'ʈ' => "t",
        'ʉ' => "u",
        'ʋ' => "v",
        'ƴ' => "y",
        'ƶ' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{fold, without_accents};

    fn folded(text: &str) -> String {
        let mut out = String::new();
        fold(text, &mut out);
        out
    }

    fn plain(text: &str) -> String {
        let mut out = String::new();
        without_accents(&folded(text), &mut out);
        out
    }

    #[test]
    fn optional_marks_and_accents_are_removed() {
        for (text, expected) in [
            ("Café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("Øresund", "oresund"),
            ("Łódź", "lodz"),
            ("Æther", "aether"),
            ("œuvre", "oeuvre"),
            ("İstanbul", "istanbul"),
            ("ışık", "isik"),
            ("Tiếng Việt", "tieng viet"),
            ("naïve", "naive"),
            ("Ελλάς", "ελλασ"),
            ("ΕΛΛΆΣ", "ελλασ"),
            ("ἀρχή", "αρχη"),
            ("ёлка", "елка"),
            ("е\u{308}лка", "елка"),
            ("за\u{301}мок", "замок"),
            ("שָׁלוֹם", "שלום"),
            ("مُحَمَّد", "محمد"),
            ("محـــمد", "محمد"),
            ("ﬁn", "fin"),
            ("ＧＰＴ", "gpt"),
            ("don’t", "don't"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_that_form_a_different_letter_are_kept() {
        for (text, expected) in [
            ("が", "が"),
            ("か\u{3099}", "が"),
            ("ｶﾞ", "ガ"),
            ("ﾊﾟ", "パ"),
            ("й", "й"),
            ("и\u{306}", "й"),
            ("ї", "ї"),
            ("ќ", "ќ"),
            ("ที่", "ที่"),
            ("हिन्दी", "हिन्दी"),
            ("각", "각"),
            ("\u{1100}\u{1161}\u{11a8}", "각"),
            ("آب", "آب"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn ignorable_characters_are_removed() {
        for c in [
            '\u{ad}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{202e}',
            '\u{2060}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{e0100}',
            '\u{180e}',
        ] {
            for (before, after) in [("so", "ft"), ("می", "خواهم"), ("क्", "ष"), ("京", "都")]
            {
                let (before, after) = (folded(before), folded(after));
                assert_eq!(
                    folded(&format!("{before}{c}{after}")),
                    before + &after,
                    "{c:?}"
                );
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn a_folded_text_folds_to_itself(text in "[a-zA-Zß-ſА-яёά-ώ\u{300}-\u{304}가-힣ぁ-ヿ一-龥 ]{0,20}") {
            let once = folded(&text);
            proptest::prop_assert_eq!(folded(&once), once);
            let once = plain(&text);
            proptest::prop_assert_eq!(plain(&once), once);
        }
    }
}

//! Text -> runs of ASCII, of ideographs, and of what is left, so that most texts are spared the
//! general rules of Unicode.
//!
//! A text is cut only where nothing on one side affects the other: no characters compose across
//! the cut, and no word spans it. Normalization and word boundaries are the same as on the whole.

use crate::characters::{is_ideograph, is_separator};

/// A part of a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Run<'a> {
    Ascii(&'a str),
    /// Ideographs of the main block, and nothing else.
    Han(&'a str),
    /// Characters that no word contains.
    Separator(&'a str),
    /// What the general rules are needed for, with the ASCII characters of the same words. It
    /// begins with an ideograph where a mark follows that may belong to it.
    Other(&'a str),
}

impl<'a> Run<'a> {
    fn text(self) -> &'a str {
        match self {
            Run::Ascii(text) | Run::Han(text) | Run::Separator(text) | Run::Other(text) => text,
        }
    }
}

/// Returns the runs of a text, in order.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let run = first_run(rest)?;
        rest = rest.get(run.text().len()..)?;
        Some(run)
    })
}

fn first_run(text: &str) -> Option<Run<'_>> {
    let first = text.chars().next()?;
    let han = if is_ideograph(first) {
        han_length(text)
    } else {
        0
    };
    Some(if first.is_ascii() {
        ascii_run(text)
    } else if han > 0 {
        Run::Han(text.get(..han)?)
    } else if separates(text) {
        Run::Separator(text.get(..first.len_utf8())?)
    } else {
        other_run(text)
    })
}

/// ASCII up to the word that has other characters as well.
fn ascii_run(text: &str) -> Run<'_> {
    let end = text.bytes().position(|byte| !byte.is_ascii());
    let Some((ascii, after)) = end.and_then(|end| text.split_at_checked(end)) else {
        return Run::Ascii(text);
    };
    if after.starts_with(is_ideograph) || separates(after) {
        return Run::Ascii(ascii);
    }
    let space = ascii.bytes().rposition(|byte| byte.is_ascii_whitespace());
    match space.and_then(|space| ascii.get(..=space)) {
        Some(before) => Run::Ascii(before),
        None => other_run(text),
    }
}

/// How many bytes of ideographs the text begins with, without one that a mark follows.
fn han_length(text: &str) -> usize {
    let bytes = text.as_bytes().chunks_exact(IDEOGRAPH);
    let length = bytes
        .take_while(|bytes| is_ideograph_in_utf8(bytes))
        .count()
        * IDEOGRAPH;
    let after = text.get(length..).and_then(|after| after.chars().next());
    match after.is_some_and(may_attach) {
        true => length - IDEOGRAPH.min(length),
        false => length,
    }
}

/// How many bytes an ideograph of the main block has.
const IDEOGRAPH: usize = 3;

/// `is_ideograph`, of three bytes that begin with a character: without decoding them, which
/// is the larger part of the work on a Chinese text.
fn is_ideograph_in_utf8(bytes: &[u8]) -> bool {
    match bytes {
        [0xe5..=0xe9, ..] => true,
        [0xe4, second, ..] => *second >= 0xb8,
        _ => false,
    }
}

/// Whether a character that is no ideograph may belong to the one before it, as a mark does.
/// ASCII, kana, Hangul syllables and common punctuation do not; others are left to Unicode's
/// rules.
fn may_attach(c: char) -> bool {
    !(c.is_ascii()
        || matches!(
            c,
            '\u{2010}'..='\u{2027}'
                | '\u{3000}'..='\u{3029}'
                | '\u{3041}'..='\u{3096}'
                | '\u{30a1}'..='\u{30ff}'
                | '\u{ac00}'..='\u{d7a3}'
                | '\u{ff01}'..='\u{ff65}'
        ))
}

/// The first character, and what follows it to the next white space, ideograph or separator.
fn other_run(text: &str) -> Run<'_> {
    let mut characters = text.char_indices();
    characters.next();
    let end = characters.find(|(at, c)| {
        c.is_ascii_whitespace()
            || is_ideograph(*c)
            || !c.is_ascii() && text.get(*at..).is_some_and(separates)
    });
    let end = end.map_or(text.len(), |(at, _)| at);
    Run::Other(text.get(..end).unwrap_or(text))
}

fn separates(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    first.is_some_and(|first| is_separator(first, characters.next()))
}

#[cfg(test)]
mod tests {
    use super::Run::{Ascii, Han, Other, Separator};
    use super::{Run, is_ideograph, is_ideograph_in_utf8, runs};

    #[test]
    fn ideographs_are_known_by_their_bytes() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            assert_eq!(is_ideograph_in_utf8(bytes), is_ideograph(c), "{c}");
        }
    }

    #[test]
    fn words_stay_whole_and_marks_stay_with_their_ideograph() {
        for (text, expected) in [
            ("", &[] as &[Run<'_>]),
            ("北京市", &[Han("北京市")]),
            ("北京，A", &[Han("北京"), Other("，A")]),
            ("北京，上海", &[Han("北京"), Separator("，"), Han("上海")]),
            ("a北b京", &[Ascii("a"), Han("北"), Ascii("b"), Han("京")]),
            (
                "北京\u{fe00}市",
                &[Han("北"), Other("京\u{fe00}"), Han("市")],
            ),
            ("京\u{300}", &[Other("京\u{300}")]),
            ("食べる", &[Han("食"), Other("べる")]),
            ("the café is", &[Ascii("the "), Other("café"), Ascii(" is")]),
            (
                "“the” end",
                &[Separator("“"), Ascii("the"), Separator("”"), Ascii(" end")],
            ),
            ("３，０００", &[Other("３，０００")]),
        ] {
            assert_eq!(runs(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}

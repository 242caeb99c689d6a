//! Splits text into runs of ASCII, of ideographs, and of other characters, so that most texts do
//! not need the general Unicode rules.
//!
//! A text is split only where the two sides are independent: no characters compose across the
//! boundary, and no word spans it. So normalization and word boundaries do not change.

use crate::characters::{is_ideograph, is_separator};

/// A part of a text in one script.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Run<'a> {
    Ascii(&'a str),
    /// Ideographs of the main block, and nothing else.
    Han(&'a str),
    /// A character that is not part of any word.
    Separator(&'a str),
    /// Text that needs the general rules, with the ASCII characters of the same words. It begins
    /// with an ideograph if that is followed by a mark that may attach to it.
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

/// Returns the ASCII text before the first word with other characters.
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

/// Returns the number of bytes of the leading ideographs, without one that is followed by a mark.
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

/// The UTF-8 length of an ideograph of the main block.
const IDEOGRAPH: usize = 3;

/// Like `is_ideograph`, for three bytes at the start of a character. It saves the decoding, which
/// would be most of the work on a Chinese text.
fn is_ideograph_in_utf8(bytes: &[u8]) -> bool {
    match bytes {
        [0xe5..=0xe9, ..] => true,
        [0xe4, second, ..] => *second >= 0xb8,
        _ => false,
    }
}

/// Returns whether a character may attach to the previous one, as a mark does. ASCII, kana, Hangul
/// syllables and common punctuation do not; the general rules decide about all others.
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

/// Returns the text up to the next white space, ideograph or separator.
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
    fn ideographs_are_recognized_by_their_bytes() {
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

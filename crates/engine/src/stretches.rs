//! Text -> stretches of Han characters and what is between them, so that the most of a Chinese
//! text is spared the general rules of Unicode.
//!
//! Between two ideographs of the main block, no rule has anything to do: they have no other form
//! or case, and each is a word by itself. Where text is cut before or after them, folding and
//! words come out as they do on the whole.

/// A part of a text.
pub(crate) struct Stretch<'a> {
    /// Where it begins in the text, in bytes.
    pub(crate) start: usize,
    pub(crate) text: &'a str,
    /// Whether it is ideographs and nothing else. What is not may begin with one.
    pub(crate) is_han: bool,
}

/// The parts of a text, in order.
pub(crate) fn stretches(text: &str) -> impl Iterator<Item = Stretch<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..)?;
        let first = rest.chars().next()?;
        let (length, is_han) = match han_length(rest) {
            0 => (other_length(rest, first), false),
            length => (length, true),
        };
        let stretch = Stretch {
            start,
            text: rest.get(..length)?,
            is_han,
        };
        start += length;
        Some(stretch)
    })
}

/// An ideograph of the main block.
pub(crate) fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// How many bytes of ideographs the text begins with, without one to which what follows may
/// belong.
fn han_length(text: &str) -> usize {
    let end = text.find(|c| !is_ideograph(c)).unwrap_or(text.len());
    let Some((han, after)) = text.split_at_checked(end) else {
        return 0;
    };
    let last = han.chars().next_back().map_or(0, char::len_utf8);
    match after.chars().next() {
        Some(next) if may_belong(next) => end - last,
        _ => end,
    }
}

/// Whether a character that is no ideograph may belong to the one before it, as a mark does.
/// Signs of ASCII and of Chinese do not; others are left to Unicode's rules.
fn may_belong(c: char) -> bool {
    !(c.is_ascii() || matches!(c, '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff65}'))
}

/// How many bytes stand before the next ideograph behind the first character.
fn other_length(text: &str, first: char) -> usize {
    let behind = first.len_utf8();
    let rest = text.get(behind..).unwrap_or_default();
    rest.find(is_ideograph)
        .map_or(text.len(), |length| behind + length)
}

#[cfg(test)]
mod tests {
    use super::stretches;

    #[test]
    fn ideographs_stand_apart_and_marks_stay_with_theirs() {
        for (text, parts) in [
            ("", &[] as &[&str]),
            ("北京市", &["北京市"]),
            ("北京，A", &["北京", "，A"]),
            ("a北b京", &["a", "北", "b", "京"]),
            ("北京\u{fe00}市", &["北", "京\u{fe00}", "市"]),
            ("京\u{300}", &["京\u{300}"]),
            ("食べる", &["食べる"]),
        ] {
            let found: Vec<_> = stretches(text).map(|stretch| stretch.text).collect();
            assert_eq!(found, parts, "{text}");
        }
    }
}

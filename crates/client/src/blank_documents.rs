//! Documents without visible text.

/// What happens to documents that are empty or hold nothing but white space and invisible
/// characters, such as U+200B or U+FEFF.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum BlankDocuments {
    /// They are not sent, as each would be charged with the tokens of the query. They rank last,
    /// with the score 0 if scores are normalized, or the lowest of the others if they are raw, and
    /// never reach a `min_score`. [`Ranking::blank`](crate::Ranking::blank) lists them, and a
    /// warning is logged with their number. [`batches`](crate::Rerank::batches) leaves them out.
    #[default]
    RankLast,
    /// They are sent like all others.
    Send,
    /// The call is an error before anything is sent.
    Reject,
}

/// Whether the first character is visible, for the characters that most texts begin with: ASCII,
/// and U+4000 to U+9FFF. For other characters the result is false.
#[inline]
pub(crate) fn begins_visibly(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'!'..=b'~' | 0xE4..=0xE9))
}

/// Whether a text has no visible character: it is empty, or contains only white space, control
/// characters and characters that Unicode lists as ignorable.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    !begins_visibly(text) && text.chars().all(is_invisible)
}

/// White space, control characters, and characters with the Unicode property
/// `Default_Ignorable_Code_Point`.
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::{begins_visibly, is_blank, is_invisible};

    #[test]
    fn a_text_is_blank_if_nothing_of_it_is_shown() {
        for blank in [
            "",
            " \t\r\n",
            "\u{A0}\u{3000}\u{2003}",
            "\u{200B}\u{200D}\u{FEFF}",
            "\0\u{7F}",
            "\u{AD}\u{2060}\u{FE0F}\u{E0001}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for shown in [".", " a", "长", "\u{FEFF}1", "🙂", "\u{301}", "\u{FFFD}"] {
            assert!(!is_blank(shown), "{shown:?}");
        }
    }

    #[test]
    fn what_begins_visibly_is_visible() {
        for character in char::MIN..=char::MAX {
            let text = character.to_string();
            assert!(
                !(begins_visibly(&text) && is_invisible(character)),
                "{text:?}"
            );
        }
    }
}

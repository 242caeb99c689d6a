//! Escapes invisible characters, so that untrusted text neither controls a terminal nor hides
//! parts of itself.

/// Replaces every invisible character by its escape, except tabs and line breaks.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a character is a control, changes the direction of text, or has no width.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn control_and_invisible_characters_are_escaped() {
        assert_eq!(
            visible("a\u{1b}[2Jb\r\u{202e}c"),
            "a\\u{1b}[2Jb\\u{d}\\u{202e}c"
        );
        assert_eq!(visible("名\n\t🦀"), "名\n\t🦀");
    }
}

//! Contract text is anybody's: signs that steer a terminal or hide text are made visible.

/// The text with every sign that is not seen written as its escape; line ends stay.
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

/// Controls, signs that turn the direction of text, and those that have no width.
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
    fn what_steers_a_terminal_or_hides_is_written_out() {
        assert_eq!(
            visible("a\u{1b}[2Jb\r\u{202e}c"),
            "a\\u{1b}[2Jb\\u{d}\\u{202e}c"
        );
        assert_eq!(visible("名\n\t🦀"), "名\n\t🦀");
    }
}

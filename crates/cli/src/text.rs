//! Text for people: counts, warnings, and escaping for terminals.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// Returns the text with control characters and bidirectional controls as JSON escapes them
/// (`\u001b`): nothing in it moves the cursor of a terminal, changes its state or reorders what
/// it shows, and JSON stays JSON.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, is_unsafe)
}

/// Like [`printable`], but keeps line ends and tabs.
pub(crate) fn printable_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_unsafe(c) && c != '\n' && c != '\t')
}

/// Returns the text in one line, with line ends and tabs as spaces.
pub(crate) fn one_cell(text: &str) -> String {
    let line = text.trim_end_matches(['\n', '\r']);
    line.replace(['\t', '\n', '\r'], " ")
}

/// A number and what it counts.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// Writes a warning to standard error.
pub(crate) fn warn(message: &str) {
    // If standard error is closed, nobody can be warned.
    let _ = writeln!(io::stderr(), "warning: {}", printable(message));
}

/// Writes what the program does to standard error.
pub(crate) fn note(message: &str) {
    // If standard error is closed, there is no other place for the message.
    let _ = writeln!(io::stderr(), "{}", printable(message));
}

/// Whether a terminal acts on the character rather than showing it.
fn is_unsafe(c: char) -> bool {
    let is_bidirectional = matches!(
        c,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    is_bidirectional || c.is_control()
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_escaped(c) {
            // A String takes whatever is written, and each of them has four hex digits.
            true => drop(write!(out, "\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::{printable, printable_lines};

    #[test]
    fn what_a_terminal_acts_on_is_escaped_as_in_json() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let is_bidirectional = matches!(
                u32::from(c),
                0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069
            );
            let text = format!("a{c}b");
            if c.is_control() || is_bidirectional {
                let shown = printable(&text);
                assert_eq!(shown, format!("a\\u{:04x}b", u32::from(c)));
                let json: String = serde_json::from_str(&format!("\"{shown}\"")).unwrap();
                assert_eq!(json, text);
            } else {
                assert_eq!(printable(&text), text);
            }
        }
    }

    #[test]
    fn lines_and_columns_stay() {
        assert_eq!(printable_lines("a\tb\r\nc\u{9b}"), "a\tb\\u000d\nc\\u009b");
    }
}

//! Writes a scalar: plain if that reads back as the same value, as a block if it is long, and
//! quoted otherwise.

use std::fmt::Write as _;

use serde_json::Value;

/// A scalar as YAML text.
pub(super) enum Scalar {
    Line(String),
    /// The block header, and the lines below it without indentation.
    Block {
        head: String,
        lines: Vec<String>,
    },
}

/// Writes a key on one line.
pub(super) fn key(text: &str) -> String {
    on_one_line(text)
}

/// Writes a scalar that starts at `column`. The lines of a block will be indented by `indent`.
pub(super) fn scalar(value: &Value, width: usize, indent: usize, column: usize) -> Scalar {
    let Value::String(text) = value else {
        return Scalar::Line(value.to_string());
    };
    let is_long = column + text.chars().count() > width;
    let width = width.saturating_sub(indent).max(40);
    if text.contains('\n') {
        if let Some(block) = block(text, width) {
            return block;
        }
    } else if is_long && let Some(folded) = folded(text, width) {
        return folded;
    }
    Scalar::Line(on_one_line(text))
}

fn on_one_line(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.chars().all(is_printable) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        escaped(text)
    }
}

/// Whether YAML allows this character within a line without an escape.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Whether the text without quotes reads back as this string.
fn is_plain(text: &str) -> bool {
    const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`=<~.+";
    let Some(first) = text.chars().next() else {
        return false;
    };
    let starts_well = !INDICATORS.contains(first) && !first.is_whitespace();
    let ends_well = !text.ends_with([':', ' ']);
    starts_well
        && ends_well
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(is_printable)
        && !is_reserved_word(text)
        && !is_like_number(text)
}

fn is_reserved_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a YAML reader may read the text as a number, a date or a time.
fn is_like_number(text: &str) -> bool {
    // No reader takes a version such as 3.0.3 for a number.
    let is_version = text.split('.').count() > 2
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    !is_version
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "xXoO_:.+-TtZz ".contains(c))
}

fn escaped(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if is_printable(c) => quoted.push(c),
            c => {
                // Writing into a string cannot fail.
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
        }
    }
    quoted.push('"');
    quoted
}

/// Folds a long line.
fn folded(text: &str, width: usize) -> Option<Scalar> {
    let may_fold = text.chars().all(is_printable) && !text.starts_with(' ') && !text.ends_with(' ');
    if !may_fold || !text.contains(' ') {
        return None;
    }
    Some(Scalar::Block {
        head: ">-".to_owned(),
        lines: wrapped(text, width),
    })
}

/// Wraps a text at single spaces. Other spaces would not read back as they are.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in words(text) {
        let long = word.chars().count();
        if !line.is_empty() && length + 1 + long > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        } else if !line.is_empty() {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += long;
    }
    lines.push(line);
    lines
}

/// Splits a text at single spaces.
fn words(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied();
    let mut words = Vec::new();
    let mut begin = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let is_single = *byte == b' '
            && index > 0
            && at(index - 1) != Some(b' ')
            && at(index + 1).is_some_and(|next| next != b' ');
        if is_single {
            words.extend(text.get(begin..index));
            begin = index + 1;
        }
    }
    words.extend(text.get(begin..));
    words
}

/// Writes a text of several lines: literally, or folded if lines are long.
fn block(text: &str, width: usize) -> Option<Scalar> {
    let end = text.len() - text.trim_end_matches('\n').len();
    let body = text.get(..text.len() - end)?;
    let lines: Vec<&str> = body.split('\n').collect();
    let is_blank = |line: &&str| !line.is_empty() && line.trim().is_empty();
    let fits = body.chars().all(|c| c == '\n' || is_printable(c))
        && !body.is_empty()
        && !lines.iter().any(is_blank)
        && !lines.iter().any(|line| line.starts_with('\u{a0}'));
    if !fits {
        return None;
    }
    let chomp = match end {
        0 => "-",
        1 => "",
        _ => "+",
    };
    let can_fold = end < 2
        && !body.starts_with('\n')
        && !lines
            .iter()
            .any(|line| line.starts_with(' ') || line.ends_with(' '));
    let is_long = lines.iter().any(|line| line.chars().count() > width);
    if can_fold && is_long {
        return Some(Scalar::Block {
            head: format!(">{chomp}"),
            lines: paragraphs(&lines, width),
        });
    }
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    lines.extend(std::iter::repeat_n(String::new(), end.saturating_sub(1)));
    // Without an indicator, readers take the leading spaces of the first line for indentation.
    let first = body.trim_start_matches('\n');
    let indentation = if first.starts_with(' ') { "2" } else { "" };
    Some(Scalar::Block {
        head: format!("|{indentation}{chomp}"),
        lines,
    })
}

/// Doubles line breaks, since folding removes one from each run of them.
fn paragraphs(lines: &[&str], width: usize) -> Vec<String> {
    let mut all = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.is_empty() {
            all.push(String::new());
            continue;
        }
        if index > 0 {
            all.push(String::new());
        }
        all.extend(wrapped(line, width));
    }
    all
}

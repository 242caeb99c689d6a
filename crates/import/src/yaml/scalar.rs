//! One scalar: plain where that reads back as the same, in a block where it is long, and in
//! quotes elsewhere.

use std::fmt::Write as _;

use serde_json::Value;

/// A scalar as it is written.
pub(super) enum Scalar {
    Line(String),
    /// The mark, and the lines below it without their indentation.
    Block {
        head: String,
        lines: Vec<String>,
    },
}

/// A key, always on one line.
pub(super) fn key(text: &str) -> String {
    on_one_line(text)
}

/// A scalar that begins at `column`; the lines of a block are indented by `indent`.
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

/// What YAML takes within a line as it stands.
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
    let begins_well = !INDICATORS.contains(first) && !first.is_whitespace();
    let ends_well = !text.ends_with([':', ' ']);
    begins_well
        && ends_well
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(is_printable)
        && !is_word_of_yaml(text)
        && !is_like_number(text)
}

fn is_word_of_yaml(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether some reader may take the text for a number, a date or a time.
fn is_like_number(text: &str) -> bool {
    // A version such as 3.0.3 is none.
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

/// One long line over several.
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

/// Breaks a text at single spaces: those beside others would not come back.
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

/// The pieces between single spaces.
fn words(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied();
    let mut words = Vec::new();
    let mut begin = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let alone = *byte == b' '
            && index > 0
            && at(index - 1) != Some(b' ')
            && at(index + 1).is_some_and(|next| next != b' ');
        if alone {
            words.extend(text.get(begin..index));
            begin = index + 1;
        }
    }
    words.extend(text.get(begin..));
    words
}

/// A text of several lines: as it stands, or folded where lines are long.
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
    // Readers take the first line's spaces for indentation, unless told.
    let first = body.trim_start_matches('\n');
    let told = if first.starts_with(' ') { "2" } else { "" };
    Some(Scalar::Block {
        head: format!("|{told}{chomp}"),
        lines,
    })
}

/// Folding takes one line break of each run away, so each is written once more.
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

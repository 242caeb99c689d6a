//! JSON Lines, and what a file has instead.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::error::Category;

pub(crate) const ARRAY: &str = "the file is a JSON array, expected one object a line";
pub(crate) const ARRAY_HELP: &str = "write each element in a line of its own: jq -c '.[]' FILE";
const REFORMAT_HELP: &str = "write each object in a line of its own: jq -c . FILE";
const SURROGATE_HELP: &str = "a character was cut in two, as slice() in JavaScript does; cut by \
    characters, [...text].slice(0, 4096).join(''), or write \\ufffd in its place";

/// The most names of members that one message lists.
const NAMED: usize = 20;

/// Why a line cannot be read.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) message: String,
    /// How to fix it, if known.
    pub(crate) help: Option<&'static str>,
}

/// Reads the line of a file whose whole text is `file`.
pub(crate) fn parse<T: DeserializeOwned>(file: &str, line: &str) -> Result<T, Problem> {
    serde_json::from_str(line).map_err(|error| problem(file, line, &error))
}

fn problem(file: &str, line: &str, error: &serde_json::Error) -> Problem {
    let known = |message: String, help| Problem {
        message,
        help: Some(help),
    };
    if error.classify() == Category::Data {
        return Problem {
            message: reason(error),
            help: None,
        };
    }
    if let Some((column, escape)) = lone_surrogate(line) {
        let message = format!("unpaired surrogate {escape} at column {column}");
        return known(message, SURROGATE_HELP);
    }
    if is_array(file) || file.trim_start().starts_with('[') {
        return known(ARRAY.to_owned(), ARRAY_HELP);
    }
    match count(line) {
        // The error is in the value.
        Some(1) => {}
        Some(_) => {
            let message = "several JSON values in a line, expected one".to_owned();
            return known(message, REFORMAT_HELP);
        }
        None if count(file).is_some() => {
            let message = "a JSON value of several lines, expected one a line".to_owned();
            return known(message, REFORMAT_HELP);
        }
        None => {}
    }
    let before = line.as_bytes().get(..error.column()).unwrap_or_default();
    let characters = before.iter().filter(|byte| (**byte & 0xc0) != 0x80);
    let (column, reason) = (characters.count(), reason(error));
    Problem {
        message: format!("invalid JSON at column {column}: {reason}"),
        help: None,
    }
}

/// Returns the message without the position, whose line is always 1.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    message
        .strip_suffix(&position)
        .unwrap_or(&message)
        .to_owned()
}

/// Whether the file is one array.
pub(crate) fn is_array(file: &str) -> bool {
    file.trim_start().starts_with('[') && serde_json::from_str::<IgnoredAny>(file).is_ok()
}

/// Returns how many JSON values a text has, if it has nothing else.
fn count(text: &str) -> Option<usize> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.map(|value| value.ok().map(|_| 1)).sum()
}

/// Returns the first escape of an unpaired surrogate, and its column in characters.
fn lone_surrogate(line: &str) -> Option<(usize, &str)> {
    let mut rest = line;
    let mut column = 1;
    loop {
        let at = rest.find('\\')?;
        let (before, escape) = rest.split_at_checked(at)?;
        column += before.chars().count();
        let taken = match code_unit(escape) {
            Some(0xd800..=0xdbff) => {
                let next = escape.get(6..).and_then(code_unit);
                match next {
                    Some(0xdc00..=0xdfff) => 12,
                    _ => return Some((column, escape.get(..6)?)),
                }
            }
            Some(0xdc00..=0xdfff) => return Some((column, escape.get(..6)?)),
            Some(_) => 6,
            // The backslash and what it escapes, which may be another backslash.
            None => 1 + escape.chars().nth(1)?.len_utf8(),
        };
        column += escape.get(..taken)?.chars().count();
        rest = escape.get(taken..)?;
    }
}

/// Returns the code unit of a text that begins with its escape, such as `\ud83d`.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

/// Describes a value.
pub(crate) fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// Returns an id as text.
pub(crate) fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns names as a message lists them.
pub(crate) fn list(names: &[&str]) -> String {
    match names.get(..NAMED) {
        _ if names.is_empty() => "none".to_owned(),
        Some(first) if names.len() > NAMED => {
            format!("{} and {} more", first.join(", "), names.len() - NAMED)
        }
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::lone_surrogate;

    #[test]
    fn half_a_pair_is_found_and_whole_ones_are_not() {
        for (line, found) in [
            (r#""\ud83d""#, Some((2, r"\ud83d"))),
            (r#""茶茶\uDE00""#, Some((4, r"\uDE00"))),
            (r#""\ud83d\u0041""#, Some((2, r"\ud83d"))),
            (r#""\ud83d\ud83d\ude00""#, Some((2, r"\ud83d"))),
            (r#""\ud83d"#, Some((2, r"\ud83d"))),
            (r#""\ud83d\ude00""#, None),
            (r#""\\ud83d""#, None),
            (r#""\n\\\ud83d""#, Some((6, r"\ud83d"))),
            (r#""\u00e9 \u"#, None),
            (r#""\ud8"#, None),
            ("\\", None),
            ("\\é\\u茶", None),
        ] {
            assert_eq!(lone_surrogate(line), found, "{line}");
        }
    }
}

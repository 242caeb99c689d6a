//! Finds the invalid line of a JSON Lines file, since the errors of readers count from where a part of
//! the file begins.

use serde_json::Value;

use crate::failure::Failure;
use crate::lines;
use crate::tables::Table;

const MARK: &str = "\u{feff}";

/// Returns a failure that names file and line, if the error is about JSON.
pub(crate) fn invalid_line(tables: &[Table], error: &str) -> Option<Failure> {
    if !error.to_lowercase().contains("json") {
        return None;
    }
    let tables = tables.iter().filter(|table| table.kind.is_json());
    let help = "write one JSON object on each line; nothing was written";
    lines::first_invalid(tables, problem, help)
}

/// Returns why a line is not a JSON object, if it is none.
fn problem(line: &[u8]) -> Option<String> {
    if line.starts_with(MARK.as_bytes()) {
        return Some("it begins with a byte order mark".to_owned());
    }
    if line.trim_ascii().is_empty() {
        return None;
    }
    match serde_json::from_slice(line) {
        Ok(Value::Object(_)) => None,
        Ok(_) => Some("it is not an object".to_owned()),
        Err(error) => {
            let (text, column) = (error.to_string(), error.column());
            let text = text.split(" at line ").next().unwrap_or(&text);
            Some(format!("{text} at column {column}"))
        }
    }
}

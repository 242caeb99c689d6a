//! JSON text to a value.

use serde_json::Value;

use super::{Syntax, within};
use crate::Position;

/// Reads a JSON text.
pub(super) fn read(text: &str) -> Result<Value, Syntax> {
    serde_json::from_str(text).map_err(|error| syntax(text, &error))
}

fn syntax(text: &str, error: &serde_json::Error) -> Syntax {
    let (line, column) = (error.line(), error.column());
    let repeated = format!(" at line {line} column {column}");
    Syntax {
        position: within(
            text,
            Position {
                line: if error.is_eof() { usize::MAX } else { line },
                column: characters(text, line, column),
            },
        ),
        message: format!(
            "invalid JSON: {}",
            error.to_string().replacen(&repeated, "", 1)
        ),
        help: "fix the syntax error here".to_owned(),
    }
}

/// serde_json counts columns in bytes.
fn characters(text: &str, line: usize, column: usize) -> usize {
    let line = text.split('\n').nth(line.saturating_sub(1));
    let before = column.saturating_sub(1);
    1 + line
        .unwrap_or_default()
        .char_indices()
        .take_while(|(byte, _)| *byte < before)
        .count()
}

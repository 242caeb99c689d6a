//! Finds the invalid line of a JSON Lines file, since the errors of readers count from where a part of
//! the file begins.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use serde_json::Value;

use crate::failure::Failure;
use crate::tables::Table;

const MARK: &str = "\u{feff}";

/// Returns a failure that names file and line, if the error is about JSON.
pub(crate) fn invalid_line(tables: &[Table], error: &str) -> Option<Failure> {
    if !error.to_lowercase().contains("json") {
        return None;
    }
    let tables = tables.iter().filter(|table| table.kind.is_json());
    let plain = tables.filter(|table| table.is_plain_text());
    let mut files = plain.flat_map(|table| table.files.iter().map(move |file| (table, file)));
    files.find_map(|(table, file)| {
        let (line, problem) = first_problem(file)?;
        Some(Failure::usage(
            format!(
                "table {}: {}, line {line}: {problem}",
                table.name,
                file.display()
            ),
            "write one JSON object on each line; nothing was written",
        ))
    })
}

/// Returns the number of the first line that is not a JSON object, and what is wrong.
fn first_problem(file: &Path) -> Option<(usize, String)> {
    let mut reader = BufReader::new(File::open(file).ok()?);
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.starts_with(MARK) {
            return Some((number, "it begins with a byte order mark".to_owned()));
        }
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(&line) {
            Ok(Value::Object(_)) => {}
            Ok(_) => return Some((number, "it is not an object".to_owned())),
            Err(error) => {
                let (text, column) = (error.to_string(), error.column());
                let text = text.split(" at line ").next().unwrap_or(&text);
                return Some((number, format!("{text} at column {column}")));
            }
        }
    }
    None
}

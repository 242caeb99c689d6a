//! Finds the invalid line of a file that is not UTF-8, since the errors of readers do not name it.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use crate::failure::Failure;
use crate::tables::Table;

/// Returns a failure that names the file and line, if the error is about UTF-8.
pub(crate) fn invalid_line(tables: &[Table], error: &str) -> Option<Failure> {
    let lower = error.to_lowercase();
    if !["utf-8", "utf8", "unicode"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return None;
    }
    let texts = tables.iter().filter(|table| table.is_plain_text());
    let files = texts.flat_map(|table| table.files.iter().map(move |file| (table, file)));
    for (table, file) in files {
        if let Some(line) = first_invalid_line(file) {
            return Some(Failure::usage(
                format!(
                    "table {}: {}, line {line}: invalid UTF-8",
                    table.name,
                    file.display()
                ),
                "convert the file to UTF-8, for example with iconv; nothing was written",
            ));
        }
    }
    None
}

/// Returns the number of the first line that is not UTF-8.
fn first_invalid_line(file: &Path) -> Option<usize> {
    let mut reader = BufReader::new(File::open(file).ok()?);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if reader.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        if std::str::from_utf8(&line).is_err() {
            return Some(number);
        }
    }
    None
}

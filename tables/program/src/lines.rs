//! Finds the line of a file that is invalid, where the errors of readers do not name it.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use crate::failure::Failure;
use crate::tables::Table;

/// Returns the failure of the first line with a problem, in files that are text and not compressed.
pub(crate) fn first_invalid<'a>(
    tables: impl Iterator<Item = &'a Table>,
    problem: impl Fn(&[u8]) -> Option<String>,
    help: &str,
) -> Option<Failure> {
    let texts = tables.filter(|table| table.is_plain_text());
    let mut files = texts.flat_map(|table| table.files.iter().map(move |file| (table, file)));
    files.find_map(|(table, file)| {
        let (line, problem) = first_in(file, &problem)?;
        let (name, file) = (&table.name, file.display());
        let message = format!("table {name}: {file}, line {line}: {problem}");
        Some(Failure::usage(message, help))
    })
}

/// Returns the number of the first line with a problem, and the problem.
fn first_in(file: &Path, problem: impl Fn(&[u8]) -> Option<String>) -> Option<(usize, String)> {
    let mut reader = BufReader::new(File::open(file).ok()?);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if reader.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        if let Some(problem) = problem(&line) {
            return Some((number, problem));
        }
    }
    None
}

//! Columns of CSV with a header.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::line_counter::LineCounter;
use super::quotes::{self, Problem};
use super::{Document, Source, joined};
use crate::failure::Failure;
use crate::json::list;
use crate::text::counted;

/// Common delimiters.
const DELIMITERS: [u8; 4] = [b';', b'\t', b'|', b','];

pub(super) fn read(
    source: &Source<'_>,
    columns: &[String],
    id: Option<&str>,
    delimiter: u8,
    documents: &mut Vec<Document>,
) -> Result<(), Failure> {
    let name = source.name;
    let (delimiter, text) = match declared(source.text) {
        Some(declared) => declared,
        None => (delimiter, source.text),
    };
    let source = &Source { name, text };
    let mut reader = reader(text, delimiter);
    let broken = |error: csv::Error| {
        Failure::usage(
            format!("{name}: {error}"),
            "--column reads CSV with a header",
        )
    };
    let header = reader.headers().map_err(broken)?.clone();
    if header.is_empty() {
        return Err(Failure::usage(
            format!("{name}: the file is empty, expected a header"),
            "--column reads CSV with a header",
        ));
    }
    let header = Header {
        source,
        delimiter,
        names: &header,
    };
    let indices = columns
        .iter()
        .map(|column| header.index_of(column, "--column takes the name of a column with text"))
        .collect::<Result<Vec<_>, _>>()?;
    let id = id
        .map(|id| {
            header.index_of(
                id,
                "--id takes the name of the column with the documents' ids",
            )
        })
        .transpose()?;
    check_quotes(source, delimiter)?;
    let mut lines = LineCounter::new(source.text);
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        let offset = record.position().map_or(0, csv::Position::byte);
        let line = lines.line_of(offset);
        let width = header.names.len();
        let is_blank = record.len() == 1 && record.iter().all(|cell| cell.trim().is_empty());
        if is_blank && width > 1 {
            continue;
        }
        if record.len() != width {
            let found = counted(record.len(), "cell");
            return Err(Failure::usage(
                format!("{name}:{line}: found {found}, expected {width} as in the header"),
                "quote cells that contain the delimiter or a line break",
            ));
        }
        let cell = |index: &usize| record.get(*index).unwrap_or_default();
        let id = id.as_ref().map(|id| cell(id).into());
        documents.push(source.document(line, joined(indices.iter().map(cell)), id));
    }
    Ok(())
}

/// Returns the delimiter that the first line declares, as in `sep=;` for Excel, and the text without
/// that line. Its end is kept, so that lines have their numbers.
fn declared(text: &str) -> Option<(u8, &str)> {
    let rest = text.strip_prefix("sep=").or(text.strip_prefix("SEP="))?;
    let delimiter = *rest.as_bytes().first()?;
    let rest = rest.get(1..)?;
    let is_whole = rest.starts_with(['\r', '\n']) && !matches!(delimiter, b'"' | b'\r' | b'\n');
    is_whole.then_some((delimiter, rest))
}

/// Rows may have any number of cells, so that errors are reported with their true line.
fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes())
}

struct Header<'a> {
    source: &'a Source<'a>,
    delimiter: u8,
    names: &'a StringRecord,
}

impl Header<'_> {
    /// Returns the index of the only column with this name; white space around a name is
    /// ignored unless a column has it.
    fn index_of(&self, column: &str, help: &str) -> Result<usize, Failure> {
        let name = self.source.name;
        let is_exact = self.names.iter().any(|found| found == column);
        let is_column = |found: &str| found == column || !is_exact && found.trim() == column;
        let mut indices = (0..).zip(self.names).filter(|(_, found)| is_column(found));
        let Some((index, _)) = indices.next() else {
            let names: Vec<_> = self.names.iter().collect();
            let problem = format!("{name}: no column `{column}`; it has {}", list(&names));
            let is_json = self.source.text.trim_start().starts_with(['{', '[']);
            return Err(match self.other_delimiter(column) {
                _ if is_json => Failure::usage(
                    problem,
                    "the file looks like JSON; read JSON Lines with --field",
                ),
                Some(delimiter) => Failure::usage(
                    problem,
                    &format!("the delimiter is another: add --delimiter {delimiter}"),
                ),
                None => Failure::usage(problem, help),
            });
        };
        match indices.next() {
            None => Ok(index),
            Some((other, _)) => Err(Failure::usage(
                format!(
                    "{name}: columns {} and {} are both called `{column}`",
                    index + 1,
                    other + 1
                ),
                "give each column a different name",
            )),
        }
    }

    /// Returns the delimiter, as on the command line, with which the header has this column, or
    /// at least several columns.
    fn other_delimiter(&self, column: &str) -> Option<&'static str> {
        let others = DELIMITERS.iter().filter(|other| **other != self.delimiter);
        let with = |other: &&u8| {
            let mut reader = reader(self.source.text, **other);
            let Ok(names) = reader.headers() else {
                return false;
            };
            names.iter().any(|name| name == column) || names.len() > 1 && self.names.len() == 1
        };
        Some(match others.copied().find(|other| with(&other))? {
            b';' => "';'",
            b'\t' => "tab",
            b'|' => "'|'",
            _ => "','",
        })
    }
}

fn check_quotes(source: &Source<'_>, delimiter: u8) -> Result<(), Failure> {
    let name = source.name;
    let problem = match quotes::check(source.text, delimiter) {
        None => return Ok(()),
        Some(Problem::Unclosed(line)) => {
            format!("{name}:{line}: the quote that opens here is never closed")
        }
        Some(Problem::TextAfter(opened, line)) => format!(
            "{name}:{line}: text after the closing quote of a cell that opens in line {opened}"
        ),
    };
    Err(Failure::usage(
        problem,
        "close each quoted cell; write a double quote in it as two",
    ))
}

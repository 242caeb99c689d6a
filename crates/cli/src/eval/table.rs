//! Tables as text.

use std::io::{self, IsTerminal as _};

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use crate::failure::Failure;
use crate::text::{one_cell, printable};

/// A name in its column; for a terminal, with control characters escaped.
pub(super) fn cell(name: &str) -> String {
    let cell = one_cell(name);
    match io::stdout().is_terminal() {
        true => printable(&cell).into_owned(),
        false => cell,
    }
}

/// Columns as wide as their widest cell; numbers, all but the first `names`, to the right.
pub(super) fn aligned(table: &[Vec<String>], names: usize) -> String {
    let width = |column: usize| {
        let cells = table.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..table.first().map_or(0, Vec::len)).map(width).collect();
    let row = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(column, (cell, &width))| {
            let blank = " ".repeat(width.saturating_sub(cell.width()));
            match column < names {
                true => format!("{cell}{blank}"),
                false => format!("{blank}{cell}"),
            }
        });
        cells.collect::<Vec<_>>().join("  ") + "\n"
    };
    table.iter().map(row).collect()
}

/// Tabs between columns.
pub(super) fn tsv(table: &[Vec<String>]) -> String {
    table.iter().map(|row| row.join("\t") + "\n").collect()
}

/// One JSON object on each line.
pub(super) fn jsonl<T: Serialize>(lines: &[T]) -> Result<String, Failure> {
    let lines = lines.iter().map(|line| {
        let line = serde_json::to_string(line);
        line.map(|line| line + "\n")
            .map_err(|error| Failure::new(error.to_string(), ""))
    });
    lines.collect()
}

//! Prints measures, for people and for programs.

use std::io::{self, IsTerminal as _};

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::Measured;
use super::measures::Measures;
use crate::arguments::{EvalOptions, Table};
use crate::failure::Failure;
use crate::text::{one_cell, printable};

/// The query's column in the line for all queries.
const ALL: &str = "all";

/// One line: the measures of a run for one query, or for all.
#[derive(Serialize)]
struct Line<'a> {
    run: &'a str,
    query: &'a str,
    queries: usize,
    missing: usize,
    at: usize,
    #[serde(flatten)]
    measures: Measures,
}

pub(super) fn show(options: &EvalOptions, runs: &[Measured]) -> Result<String, Failure> {
    let mut lines = Vec::new();
    for run in runs {
        let line = |query, queries, missing, measures| Line {
            run: &run.run,
            query,
            queries,
            missing,
            at: options.at,
            measures,
        };
        if options.per_query {
            let each = run.each.iter();
            lines.extend(each.map(|(query, measures)| line(query.as_str(), 1, 0, *measures)));
        }
        lines.push(line(ALL, run.each.len(), run.missing, run.mean));
    }
    match options.output {
        Table::Text => Ok(aligned(&table(options.at, &lines))),
        Table::Tsv => Ok(table(options.at, &lines)
            .iter()
            .map(|row| row.join("\t") + "\n")
            .collect()),
        Table::Jsonl => lines
            .iter()
            .map(|line| {
                let line = serde_json::to_string(line);
                line.map(|line| line + "\n")
                    .map_err(|error| Failure::new(error.to_string(), ""))
            })
            .collect(),
    }
}

fn table(at: usize, lines: &[Line<'_>]) -> Vec<Vec<String>> {
    let head = vec![
        "run".to_owned(),
        "query".to_owned(),
        "queries".to_owned(),
        "not in run".to_owned(),
        format!("nDCG@{at}"),
        format!("MRR@{at}"),
        format!("recall@{at}"),
    ];
    let rows = lines.iter().map(|line| {
        let Measures { ndcg, mrr, recall } = line.measures;
        vec![
            cell(line.run),
            cell(line.query),
            line.queries.to_string(),
            line.missing.to_string(),
            format!("{ndcg:.4}"),
            format!("{mrr:.4}"),
            format!("{recall:.4}"),
        ]
    });
    std::iter::once(head).chain(rows).collect()
}

/// A name in its column; for a terminal, with control characters escaped.
fn cell(name: &str) -> String {
    let cell = one_cell(name);
    match io::stdout().is_terminal() {
        true => printable(&cell).into_owned(),
        false => cell,
    }
}

/// Columns as wide as their widest; numbers, all but the first two, to the right.
fn aligned(table: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = table.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..table.first().map_or(0, Vec::len)).map(width).collect();
    let row = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(column, (cell, &width))| {
            let blank = " ".repeat(width.saturating_sub(cell.width()));
            match column {
                0 | 1 => format!("{cell}{blank}"),
                _ => format!("{blank}{cell}"),
            }
        });
        cells.collect::<Vec<_>>().join("  ") + "\n"
    };
    table.iter().map(row).collect()
}

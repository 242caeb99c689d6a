//! Prints measures and differences, for people and for programs.

use serde::Serialize;

use super::Measured;
use super::differences::{Difference, differences};
use super::measures::Measures;
use super::table::{aligned, cell, jsonl, tsv};
use crate::arguments::{EvalOptions, Table};
use crate::failure::Failure;

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
    /// Of all queries that were ranked now, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<f64>,
}

/// One line: the difference of two runs.
#[derive(Serialize)]
struct DifferenceLine<'a> {
    run: &'a str,
    other: &'a str,
    better: usize,
    equal: usize,
    worse: usize,
    at: usize,
    difference: Measures,
    low: Measures,
    high: Measures,
}

pub(super) fn show(options: &EvalOptions, runs: &[Measured]) -> Result<String, Failure> {
    let lines = lines(options, runs);
    let has_differences = options.differences || options.output == Table::Text;
    let differences = match has_differences {
        true => differences(&runs.iter().map(|run| &run.each).collect::<Vec<_>>()),
        false => Vec::new(),
    };
    let differences = difference_lines(options, runs, &differences);
    match (options.output, options.differences) {
        (Table::Text, _) => {
            let mut text = aligned(&measure_table(options.at, &lines), 2);
            if !differences.is_empty() {
                text.push_str("\nDifferences and their 95 % intervals (paired bootstrap):\n");
                text.push_str(&aligned(&interval_table(options.at, &differences), 2));
            }
            Ok(text)
        }
        (Table::Tsv, false) => Ok(tsv(&measure_table(options.at, &lines))),
        (Table::Tsv, true) => Ok(tsv(&number_table(options.at, &differences))),
        (Table::Jsonl, false) => jsonl(&lines),
        (Table::Jsonl, true) => jsonl(&differences),
    }
}

fn lines<'a>(options: &EvalOptions, runs: &'a [Measured]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for run in runs {
        let line = |query, queries, missing, measures, milliseconds| Line {
            run: &run.run,
            query,
            queries,
            missing,
            at: options.at,
            measures,
            milliseconds,
        };
        if options.per_query {
            let each = run.each.iter();
            lines.extend(each.map(|(query, measures)| line(query.as_str(), 1, 0, *measures, None)));
        }
        lines.push(line(ALL, run.each.len(), run.missing, run.mean, run.time));
    }
    lines
}

fn difference_lines<'a>(
    options: &EvalOptions,
    runs: &'a [Measured],
    differences: &[Difference],
) -> Vec<DifferenceLine<'a>> {
    let name = |index: usize| runs.get(index).map_or("", |run| run.run.as_str());
    let lines = differences.iter().map(|one| DifferenceLine {
        run: name(one.run),
        other: name(one.other),
        better: one.better,
        equal: one.equal,
        worse: one.worse,
        at: options.at,
        difference: one.mean,
        low: one.low,
        high: one.high,
    });
    lines.collect()
}

/// The names of the measures.
fn names(at: usize) -> [String; 3] {
    [
        format!("nDCG@{at}"),
        format!("MRR@{at}"),
        format!("recall@{at}"),
    ]
}

fn values(measures: Measures) -> [f64; 3] {
    [measures.ndcg, measures.mrr, measures.recall]
}

fn measure_table(at: usize, lines: &[Line<'_>]) -> Vec<Vec<String>> {
    // Only rankings that were made now have a time.
    let has_time = lines.iter().any(|line| line.milliseconds.is_some());
    let mut head = Vec::from(["run", "query", "queries", "not in run"].map(str::to_owned));
    head.extend(names(at));
    head.extend(has_time.then(|| "ms/query".to_owned()));
    let rows = lines.iter().map(|line| {
        let mut row = vec![
            cell(line.run),
            cell(line.query),
            line.queries.to_string(),
            line.missing.to_string(),
        ];
        row.extend(values(line.measures).map(|value| format!("{value:.4}")));
        let time = line.milliseconds.map(|time| format!("{time:.1}"));
        row.extend(has_time.then(|| time.unwrap_or_default()));
        row
    });
    std::iter::once(head).chain(rows).collect()
}

/// The columns that tables of differences begin with.
fn difference_columns(line: &DifferenceLine<'_>) -> Vec<String> {
    let counts = [line.better, line.equal, line.worse].map(|count| count.to_string());
    let mut row = vec![cell(line.run), cell(line.other)];
    row.extend(counts);
    row
}

fn difference_head() -> Vec<String> {
    Vec::from(["run", "compared with", "better", "equal", "worse"].map(str::to_owned))
}

/// Differences for people: an interval is one cell.
fn interval_table(at: usize, lines: &[DifferenceLine<'_>]) -> Vec<Vec<String>> {
    let mut head = difference_head();
    head.extend(names(at));
    let rows = lines.iter().map(|line| {
        let mut row = difference_columns(line);
        let ends = values(line.low).into_iter().zip(values(line.high));
        let cells = values(line.difference).into_iter().zip(ends);
        row.extend(cells.map(|(mean, (low, high))| {
            format!("{} [{}, {}]", signed(mean), signed(low), signed(high))
        }));
        row
    });
    std::iter::once(head).chain(rows).collect()
}

/// Differences for programs: each number is a cell.
fn number_table(at: usize, lines: &[DifferenceLine<'_>]) -> Vec<Vec<String>> {
    let mut head = difference_head();
    head.extend(names(at).into_iter().flat_map(|name| {
        let (low, high) = (format!("{name} low"), format!("{name} high"));
        [name, low, high]
    }));
    let rows = lines.iter().map(|line| {
        let mut row = difference_columns(line);
        let ends = values(line.low).into_iter().zip(values(line.high));
        let numbers = values(line.difference).into_iter().zip(ends);
        row.extend(numbers.flat_map(|(mean, (low, high))| [mean, low, high].map(signed)));
        row
    });
    std::iter::once(head).chain(rows).collect()
}

/// A number with its sign, without that of -0.
fn signed(value: f64) -> String {
    let text = format!("{value:+.4}");
    match text.as_str() {
        "-0.0000" => "+0.0000".to_owned(),
        _ => text,
    }
}

//! The tables and the chart of published documents.

use super::published::DOCUMENT;
use super::{OURS, selection};
use crate::charts::{Dots, dots};
use crate::records::Run;
use crate::tables::{self, Table, number, ratio};

/// Title, metric, and whether the samples vary.
const METRICS: [(&str, &str, bool); 6] = [
    ("Generating, wall time, ms", "ms", true),
    ("Generating, CPU time, ms", "CPU ms", true),
    ("Generating, peak MiB", "peak MiB", false),
    ("Lines of Rust", "lines", false),
    ("`cargo check`, wall time, s", "check s", true),
    ("`cargo check`, CPU time, s", "check CPU s", true),
];

pub(super) fn text(run: &Run) -> String {
    let documents = run.cases("KB");
    let mut text = format!(
        "\
\n### Published documents\n
{} documents of other services, as published, none of them in this repository. Each generator has
its default settings and no overlay. `cargo check` runs in the dev profile without incremental
compilation, after the dependencies. Its time is measured for the crates of ours, openapi-to-rust and
oas3-gen that compile. openapi-generator runs once per document. × is the ratio to ours.

{}
Per document: whether there is a crate, and what `cargo check` reports.

{}",
        documents.len(),
        summary(run, &documents),
        crates(run, &documents)
    );
    for (title, metric, spread) in METRICS {
        let table = Table {
            metric,
            of: "document",
            base: Some(OURS),
            spread,
        };
        text += &format!("\n#### {title}\n\n{}", table.render(run, &documents));
    }
    text + &selected(run)
}

/// Renders a row per generator: what it carries, and its ratios to ours on what both carry.
fn summary(run: &Run, documents: &[&str]) -> String {
    let mut text = "\
| generator | crates | compile | without warnings | wall time | CPU time | memory | lines | `cargo check` CPU time |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
"
    .to_owned();
    for who in run.contenders("generates") {
        let count = |metric: &str, value: f64| {
            let is_so = |case: &&&str| run.median(case, who, metric) == Some(value);
            documents.iter().filter(is_so).count()
        };
        let clean = documents
            .iter()
            .filter(|case| state(run, case, who) == "clean");
        text += &format!(
            "| {who} | {} | {} | {} |",
            count("generates", 1.0),
            count("errors", 0.0),
            clean.count()
        );
        for metric in ["ms", "CPU ms", "peak MiB", "lines", "check CPU s"] {
            text += &match mean_ratio(run, documents, who, metric).filter(|_| who != OURS) {
                Some(mean) => format!(" ×{} |", ratio(mean)),
                None => " |".to_owned(),
            };
        }
        text.push('\n');
    }
    text + "\nRatios are geometric means over the documents that both carry.\n"
}

/// Returns the geometric mean of the ratios to ours.
fn mean_ratio(run: &Run, documents: &[&str], who: &str, metric: &str) -> Option<f64> {
    let logarithms = documents.iter().filter_map(|case| {
        Some((run.median(case, who, metric)? / run.median(case, OURS, metric)?).ln())
    });
    let logarithms: Vec<_> = logarithms.collect();
    let count = logarithms.len() as f64;
    (count > 0.0).then(|| (logarithms.iter().sum::<f64>() / count).exp())
}

fn crates(run: &Run, documents: &[&str]) -> String {
    let contenders = run.contenders("generates");
    let mut text = format!(
        "| document | operations | KB | {} |\n",
        contenders.join(" | ")
    );
    text += &format!("|---|---:|---:|{}\n", "---|".repeat(contenders.len()));
    for case in documents {
        let fact = |metric| {
            run.median(case, DOCUMENT, metric)
                .map_or("–".to_owned(), tables::count)
        };
        text += &format!("| {case} | {} | {} |", fact("operations"), fact("KB"));
        for who in &contenders {
            text += &format!(" {} |", state(run, case, who));
        }
        text.push('\n');
    }
    text
}

/// Returns what became of a document: no crate, or what the compiler reports about it.
fn state(run: &Run, case: &str, who: &str) -> String {
    let count = |metric| run.median(case, who, metric);
    let plural = |count: f64, noun: &str| {
        let end = if count == 1.0 { "" } else { "s" };
        format!("{} {noun}{end}", tables::count(count))
    };
    match (count("errors"), count("warnings")) {
        (Some(0.0), Some(0.0)) => "clean".to_owned(),
        (Some(0.0), Some(warnings)) => plural(warnings, "warning"),
        (Some(errors), _) => format!("**{}**", plural(errors, "error")),
        (None, _) => "no crate".to_owned(),
    }
}

/// Renders the tags of the largest document.
fn selected(run: &Run) -> String {
    let cases: Vec<_> = run
        .cases("lines")
        .into_iter()
        .filter(|case| case.contains(selection::ONLY))
        .collect();
    let Some((document, _)) = cases
        .first()
        .and_then(|case| case.split_once(selection::ONLY))
    else {
        return String::new();
    };
    let mut text = "\
\n#### One tag of the largest document\n
With `--only tag:NAME` here, and `[client] operations` with `prune_models` in openapi-to-rust: the
tag with the most operations, and the one with the median number. × is the ratio to the same
generator's crate of the whole document.

| crate | generator | ms | peak MiB | lines | diagnostics | `cargo check`, s | `cargo check`, CPU s |
|---|---|---:|---:|---:|---|---:|---:|
"
    .to_owned();
    for case in std::iter::once(document).chain(cases) {
        for who in run.contenders("lines") {
            if run.median(case, who, "lines").is_none() {
                continue;
            }
            let cell = |metric| match run.median(case, who, metric) {
                None => "–".to_owned(),
                Some(value) if case == document => number(value),
                Some(value) => {
                    let whole = run.median(document, who, metric);
                    let share = whole.map(|whole| format!(" (×{})", ratio(value / whole)));
                    number(value) + &share.unwrap_or_default()
                }
            };
            text += &format!("| {case} | {who} |");
            for metric in ["ms", "peak MiB", "lines"] {
                text += &format!(" {} |", cell(metric));
            }
            text += &format!(" {} |", state(run, case, who));
            for metric in ["check s", "check CPU s"] {
                text += &format!(" {} |", cell(metric));
            }
            text.push('\n');
        }
    }
    text
}

/// Draws the CPU time of generating, relative to ours.
pub(super) fn chart(run: &Run) -> String {
    let mut series = run.contenders("generates");
    series.retain(|who| *who != OURS);
    let rows = run.cases("KB").into_iter().filter_map(|case| {
        let ours = run.median(case, OURS, "CPU ms")?;
        let relative = |who: &&str| Some(run.median(case, who, "CPU ms")? / ours);
        let values: Vec<_> = series.iter().map(relative).collect();
        values
            .iter()
            .any(Option::is_some)
            .then(|| (case.to_owned(), values))
    });
    dots(&Dots {
        title: "From published document to crate: CPU time relative to ours",
        axis: "ratio to ours, logarithmic; above ×1 ours takes less",
        series: &series,
        rows: &rows.collect::<Vec<_>>(),
    })
}

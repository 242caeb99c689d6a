//! Tables and charts of `calling`.

use super::contenders::BASE;
use crate::charts::{Dots, dots};
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;

const KEPT: &str = ", memory kept";
const WITH: &str = ", with documents";

pub(crate) fn report(run: &Run) -> Section {
    let all = run.cases("cpu µs");
    let (kept, usual): (Vec<&str>, Vec<&str>) = all.iter().partition(|case| case.ends_with(KEPT));
    let (with, plain): (Vec<&str>, Vec<&str>) = usual.iter().partition(|case| case.contains(WITH));
    let mut text = "\
Each row is a call with n documents × n characters and a number of concurrent calls, on one core;
the server has another. Ratios are relative to reqwest with hand-written types. `zai-rs` cannot read
responses without documents, and our client never requests them, because its results refer to the
caller's documents.
"
    .to_owned();
    let mut add = |title: &str, metric: &str, cases: &[&str], base: Option<&str>, spread: bool| {
        let table = Table {
            metric,
            of: "call",
            base,
            spread,
        };
        text += &format!("\n### {title}\n\n{}", table.render(run, cases));
    };
    let base = Some(BASE);
    add("CPU time per call, µs", "cpu µs", &plain, base, true);
    add(
        "CPU time per call, responses with documents, µs",
        "cpu µs",
        &with,
        base,
        true,
    );
    if !run.cases("instructions").is_empty() {
        let counted = run.cases("instructions");
        add(
            "Instructions per call (user space, callgrind)",
            "instructions",
            &counted,
            base,
            false,
        );
    }
    add(
        "CPU time per call, glibc keeps freed memory, µs",
        "cpu µs",
        &kept,
        base,
        true,
    );
    add("Calls per second", "calls/s", &usual, base, false);
    add("Latency, median, µs", "p50 µs", &usual, base, false);
    add(
        "Latency, 99th percentile, µs",
        "p99 µs",
        &usual,
        base,
        false,
    );
    add("Peak memory, MiB", "peak MiB", &usual, base, false);
    add("Connections", "connections", &usual, None, false);
    let chart = |title: &str, metric: &str, cases: &[&str]| {
        dots(&Dots {
            title,
            axis: "relative to reqwest with hand-written types; less is better",
            series: &run.contenders(metric),
            rows: &rows(run, metric, cases),
        })
    };
    let counted = run.cases("instructions");
    let (counted_with, counted): (Vec<&str>, Vec<&str>) =
        counted.iter().partition(|case| case.contains(WITH));
    let mut charts = Vec::new();
    for (file, title, metric, cases) in [
        ("calling-cpu", "CPU time per call", "cpu µs", &plain),
        (
            "calling-cpu-documents",
            "CPU time per call, responses with documents",
            "cpu µs",
            &with,
        ),
        (
            "calling-instructions",
            "Instructions per call",
            "instructions",
            &counted,
        ),
        (
            "calling-instructions-documents",
            "Instructions per call, responses with documents",
            "instructions",
            &counted_with,
        ),
    ] {
        if !cases.is_empty() {
            charts.push((file, chart(title, metric, cases)));
        }
    }
    Section {
        title: "Calling",
        text,
        charts,
    }
}

/// Returns each case with the ratios of the contenders that were measured in it.
fn rows(run: &Run, metric: &str, cases: &[&str]) -> Vec<(String, Vec<Option<f64>>)> {
    let contenders = run.contenders(metric);
    let row = |case: &&str| {
        let base = run.median(case, BASE, metric);
        let ratio = |one: &&str| Some(run.median(case, one, metric)? / base?);
        (
            case.replace(WITH, ""),
            contenders.iter().map(ratio).collect(),
        )
    };
    cases.iter().map(row).collect()
}

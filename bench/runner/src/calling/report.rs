//! The calls as tables and charts.

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
A call of n documents × so many characters each, so many calls at once, on one core; the server has
another. Ratios are to reqwest with types written by hand. `zai-rs` cannot read answers without
documents, and our client never asks for them: its results point at the caller's own.
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
    add("CPU time of a call, µs", "cpu µs", &plain, base, true);
    add(
        "CPU time of a call, answers with documents, µs",
        "cpu µs",
        &with,
        base,
        true,
    );
    if !run.cases("instructions").is_empty() {
        let counted = run.cases("instructions");
        add(
            "Instructions of a call, user space, by callgrind",
            "instructions",
            &counted,
            base,
            false,
        );
    }
    add(
        "CPU time of a call where glibc keeps memory, µs",
        "cpu µs",
        &kept,
        base,
        true,
    );
    add("Calls a second", "calls/s", &usual, base, false);
    add("Time of a call, median, µs", "p50 µs", &usual, base, false);
    add(
        "Time of a call, 99th percentile, µs",
        "p99 µs",
        &usual,
        base,
        false,
    );
    add(
        "Peak memory of the process, MiB",
        "peak MiB",
        &usual,
        base,
        false,
    );
    add("Connections made", "connections", &usual, None, false);
    let chart = |title: &str, metric: &str, cases: &[&str]| {
        dots(&Dots {
            title,
            axis: "ratio to reqwest with types written by hand; less is better",
            series: &run.contenders(metric),
            rows: &rows(run, metric, cases),
        })
    };
    let counted = run.cases("instructions");
    let (counted_with, counted): (Vec<&str>, Vec<&str>) =
        counted.iter().partition(|case| case.contains(WITH));
    let mut charts = Vec::new();
    for (file, title, metric, cases) in [
        ("calling-cpu", "CPU time of a call", "cpu µs", &plain),
        (
            "calling-cpu-documents",
            "CPU time of a call, answers with documents",
            "cpu µs",
            &with,
        ),
        (
            "calling-instructions",
            "Instructions of a call",
            "instructions",
            &counted,
        ),
        (
            "calling-instructions-documents",
            "Instructions of a call, answers with documents",
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

/// Each case with the ratio of each contender that did it.
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

//! `review`: import and review of synthetic contracts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;

use crate::charts::{Bars, bars};
use crate::child::measured;
use crate::contracts::contract;
use crate::paths::Bench;
use crate::programs::build_member;
use crate::records::Run;
use crate::report::Section;
use crate::tables::{Table, number};

const ROUNDS: usize = 7;
const SIZES: [usize; 2] = [50, 500];
const IMPORT: &str = "import";
const REVIEW: &str = "review";
/// The change in the later version, which affects one in `CHANGED` operations.
const CHANGE: [&str; 2] = ["maxLength: 4096", "maxLength: 4095"];
const CHANGED: usize = 10;

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let xtask = build_member(bench, "xtask", "xtask")?;
    for size in SIZES {
        let case = format!("{size} operations");
        eprintln!("  {case}");
        let old = contract(size);
        let (new, changes) = later(&old);
        let [old, new, page] = write(bench, size, &old, &new)?;
        run.add(
            &case,
            "document",
            "KB",
            fs::metadata(&old)?.len() as f64 / 1e3,
        );
        for _ in 0..bench.rounds(ROUNDS) {
            let imported = run_command(run, &case, IMPORT, &xtask, &[&page])?;
            ensure!(
                imported.matches("operationId").count() == size,
                "import lost operations"
            );
            let report = run_command(run, &case, REVIEW, &xtask, &[&old, &new])?;
            ensure!(
                report.starts_with(&format!("{changes} changes")),
                "review of {changes} changes: {}",
                report.lines().next().unwrap_or_default()
            );
        }
    }
    Ok(())
}

/// Returns the contract with some of its limits changed, and their number.
fn later(old: &str) -> (String, usize) {
    let [before, after] = CHANGE;
    let mut text = String::new();
    let mut changes = 0;
    for (index, part) in old.split(before).enumerate() {
        if index > 0 {
            let changes_here = index % CHANGED == 0;
            changes += usize::from(changes_here);
            text += if changes_here { after } else { before };
        }
        text += part;
    }
    (text, changes)
}

/// Writes both versions, and a page that contains the old one.
fn write(bench: &Bench, size: usize, old: &str, new: &str) -> anyhow::Result<[PathBuf; 3]> {
    let page = format!("# Synthetic\n\n## OpenAPI\n\n````yaml\n{old}\n````\n");
    let files = [
        ("old.yaml", old),
        ("new.yaml", new),
        ("page.md", page.as_str()),
    ];
    let written = files.map(|(name, text)| {
        let path = bench.work(&format!("review-{size}-{name}"));
        fs::write(&path, text).map(|()| path)
    });
    let [old, new, page] = written;
    Ok([old?, new?, page?])
}

/// Runs the command on the files, records time and memory, and returns the output.
fn run_command(
    run: &mut Run,
    case: &str,
    command: &str,
    xtask: &Path,
    files: &[&Path],
) -> anyhow::Result<String> {
    let measured = measured(Command::new(xtask).arg(command).args(files))?;
    run.add(case, command, "ms", measured.seconds * 1e3);
    run.add(case, command, "peak MiB", measured.peak_mib);
    Ok(measured.out)
}

pub(crate) fn report(run: &Run) -> Section {
    let mut text = format!(
        "\
`cargo xtask import` of a page with a synthetic contract, and `cargo xtask review` of that contract
and a later version, in which one in {CHANGED} operations has a different limit. The review generates
the code of both versions. There is no comparable tool.
"
    );
    for metric in ["ms", "peak MiB"] {
        let table = Table {
            metric,
            of: "contract",
            base: None,
            spread: metric == "ms",
        };
        text += &format!(
            "\n### {metric}\n\n{}",
            table.render(run, &run.cases(metric))
        );
    }
    let sizes = run.cases("KB").into_iter();
    let sizes = sizes.filter_map(|case| Some((case, number(run.median(case, "document", "KB")?))));
    let sizes: Vec<_> = sizes
        .map(|(case, size)| format!("{case}: {size} KB"))
        .collect();
    text += &format!("\nSize of the contracts: {}.\n", sizes.join(", "));
    let rows = run.cases("ms").into_iter().flat_map(|case| {
        [IMPORT, REVIEW].into_iter().filter_map(move |what| {
            Some((format!("{what}, {case}"), run.median(case, what, "ms")?))
        })
    });
    let chart = bars(&Bars {
        title: "Import and review",
        axis: "milliseconds; less is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "Review",
        text,
        charts: vec![("review", chart)],
    }
}

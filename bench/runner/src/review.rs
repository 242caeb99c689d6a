//! `review`: import and review, of this contract and of made-up ones of any size.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;

use crate::charts::{Bars, bars};
use crate::child::measured;
use crate::contracts::contract;
use crate::places::Bench;
use crate::programs::build_member;
use crate::records::Run;
use crate::report::Section;
use crate::tables::{Table, number};

const ROUNDS: usize = 7;
const SIZES: [usize; 2] = [50, 500];
const IMPORT: &str = "import";
const REVIEW: &str = "review";
/// What a later version changes, and in one of how many operations.
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
            let imported = of(run, &case, IMPORT, &xtask, &[&page])?;
            ensure!(
                imported.matches("operationId").count() == size,
                "import lost operations"
            );
            let report = of(run, &case, REVIEW, &xtask, &[&old, &new])?;
            ensure!(
                report.starts_with(&format!("{changes} changes")),
                "review of {changes} changes: {}",
                report.lines().next().unwrap_or_default()
            );
        }
    }
    Ok(())
}

/// The contract with some of its limits changed, and how many.
fn later(old: &str) -> (String, usize) {
    let [before, after] = CHANGE;
    let mut text = String::new();
    let mut changes = 0;
    for (place, part) in old.split(before).enumerate() {
        if place > 0 {
            let changes_here = place % CHANGED == 0;
            changes += usize::from(changes_here);
            text += if changes_here { after } else { before };
        }
        text += part;
    }
    (text, changes)
}

/// Both versions, and a page that holds the old one.
fn write(bench: &Bench, size: usize, old: &str, new: &str) -> anyhow::Result<[PathBuf; 3]> {
    let page = format!("# Made up\n\n## OpenAPI\n\n````yaml\n{old}\n````\n");
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

/// Runs the command on the files; what it prints.
fn of(
    run: &mut Run,
    case: &str,
    command: &str,
    xtask: &Path,
    files: &[&Path],
) -> anyhow::Result<String> {
    let found = measured(Command::new(xtask).arg(command).args(files))?;
    run.add(case, command, "ms", found.seconds * 1e3);
    run.add(case, command, "peak MiB", found.peak_mib);
    Ok(found.out)
}

pub(crate) fn report(run: &Run) -> Section {
    let mut text = format!(
        "\
`cargo xtask import` of a page that holds a made-up contract, and `cargo xtask review` of that
contract and a later version, in which one of {CHANGED} operations has another limit; the code of both
is generated for it. No larger document is at hand than what is made up here. There is no peer.
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
    text += &format!("\nThe contracts: {}.\n", sizes.join(", "));
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

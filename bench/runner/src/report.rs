//! RESULTS.md and its charts, from the measurements that are there.

use std::fs;

use crate::parts;
use crate::places::Bench;
use crate::records::Run;

/// A part's results, as a reader sees them.
pub(crate) struct Section {
    pub(crate) title: &'static str,
    /// Markdown, below the title.
    pub(crate) text: String,
    /// Charts by name: SVG, shown before the text.
    pub(crate) charts: Vec<(&'static str, String)>,
}

const HEAD: &str = "\
# Results

Written by `cargo xtask bench`, from the samples in [results/](results); how to read it and what
makes it fair is in [README.md](README.md). A figure is the median; ± is half the distance between
the quartiles, where there are several samples. × is the ratio to the contender that the heading
names: below 1 is less.
";

/// Writes RESULTS.md and the charts.
pub(crate) fn write(bench: &Bench) -> anyhow::Result<()> {
    let mut text = HEAD.to_owned();
    let outcome = bench.outcome();
    let folder = outcome.join("charts");
    for part in parts::ALL {
        let Some(run) = Run::load(bench, part.name)? else {
            continue;
        };
        let section = (part.report)(&run);
        text += &format!("\n## {}\n\n{}\n", section.title, origin(&run));
        fs::create_dir_all(&folder)?;
        for (name, chart) in &section.charts {
            fs::write(folder.join(name).with_extension("svg"), chart)?;
            text += &format!("\n![{}](charts/{name}.svg)\n", section.title);
        }
        text += &format!("\n{}\n", section.text.trim());
        for remark in &run.remarks {
            text += &format!("\n> {}\n", remark.replace('\n', " "));
        }
    }
    fs::create_dir_all(&outcome)?;
    fs::write(outcome.join("RESULTS.md"), text)?;
    Ok(())
}

/// When, on what and with what it was measured.
fn origin(run: &Run) -> String {
    let versions = run
        .versions
        .iter()
        .map(|(name, version)| format!("{name} {version}"));
    let versions: Vec<_> = versions.collect();
    let rounds = match run.rounds() {
        1 => "1 round".to_owned(),
        rounds => format!("{rounds} rounds"),
    };
    let mut line = format!(
        "{}; {rounds}; {}; {}.",
        run.date,
        run.machine.line(),
        versions.join(", ")
    );
    if run.quick {
        line = format!(
            "**A quick run: these figures show that all works, and nothing else.**\n\n{line}"
        );
    }
    line
}

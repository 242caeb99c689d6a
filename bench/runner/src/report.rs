//! RESULTS.md and its charts, from the stored measurements.

use std::fs;

use crate::parts;
use crate::paths::Bench;
use crate::records::Run;

/// The section of a part in RESULTS.md.
pub(crate) struct Section {
    pub(crate) title: &'static str,
    /// Markdown below the title.
    pub(crate) text: String,
    /// Charts as name and SVG, shown before the text.
    pub(crate) charts: Vec<(&'static str, String)>,
}

const HEAD: &str = "\
# Results

Written by `cargo xtask bench` from the samples in [results/](results). The method is described in
[README.md](README.md). Values are medians; ± is half the interquartile range relative to the median,
if there are several samples. × is the ratio to the reference contender, which has no ratio of its
own.
";

/// Writes RESULTS.md and the charts.
pub(crate) fn write(bench: &Bench) -> anyhow::Result<()> {
    let mut text = HEAD.to_owned();
    let outcome = bench.results_folder();
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

/// Returns date, rounds, machine and versions of a measurement.
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
    // The benchmark itself keeps up to two cores busy.
    let load = run
        .load_average
        .filter(|load| *load > run.machine.cores as f64 + 1.0);
    if let Some(load) = load {
        line += &format!(
            " **Other programs used the machine too (load average {load:.0}): wall times include \
             waiting for them, so compare CPU times.**"
        );
    }
    if run.quick {
        line = format!(
            "**A quick run, which only tests the benchmarks: these figures are meaningless.**\n\n{line}"
        );
    }
    line
}

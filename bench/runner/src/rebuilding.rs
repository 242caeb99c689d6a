//! `rebuilding`: `cargo build` of this repository after touching the contract, and nothing.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};

use anyhow::ensure;

use crate::charts::{Bars, bars};
use crate::child;
use crate::places::Bench;
use crate::programs::cargo;
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;

const ROUNDS: usize = 7;
const WHO: &str = "cargo build";
const SPEC: &str = "spec/rerank.yaml";
/// What is built of it: the candidate.
const LIBRARY: &str = "libbigmodel_rerank_contract.rlib";
/// What is edited back and forth: a limit of the contract.
const LIMITS: [&str; 2] = ["4096", "4095"];

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let copy = copy(bench)?;
    let target = bench.empty_folder("rebuilding-target")?;
    let build = || -> anyhow::Result<f64> {
        let start = Instant::now();
        let mut command = cargo();
        command
            .args(["build", "--quiet", "--locked"])
            .current_dir(&copy);
        child::text(command.env("CARGO_TARGET_DIR", &target))?;
        Ok(start.elapsed().as_secs_f64())
    };
    run.add("everything, once", WHO, "s", build()?);
    let spec = copy.join(SPEC);
    let library = target.join("debug").join(LIBRARY);
    let rebuild = || -> anyhow::Result<f64> {
        let before = fs::metadata(&library)?.modified()?;
        let seconds = build()?;
        ensure!(
            fs::metadata(&library)?.modified()? > before,
            "the library was not built again"
        );
        Ok(seconds)
    };
    for round in 0..bench.rounds(ROUNDS) {
        run.add("nothing touched", WHO, "s", build()?);
        File::options()
            .append(true)
            .open(&spec)?
            .set_modified(SystemTime::now())?;
        run.add("contract touched", WHO, "s", rebuild()?);
        edit(&spec, round)?;
        run.add("contract changed", WHO, "s", rebuild()?);
    }
    fs::remove_dir_all(target)?;
    fs::remove_dir_all(copy)?;
    Ok(())
}

/// The files of the repository as they are now, so that nothing here is touched.
fn copy(bench: &Bench) -> anyhow::Result<PathBuf> {
    let to = bench.empty_folder("rebuilding")?;
    let mut list = Command::new("git");
    list.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let files = child::text(list.current_dir(&bench.root))?;
    for file in files
        .split('\0')
        .filter(|file| !file.is_empty() && !file.starts_with("bench/"))
    {
        let (from, to) = (bench.root.join(file), to.join(file));
        // One that is deleted and not yet committed is listed too.
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap_or(&to))?;
            fs::copy(from, &to)?;
        }
    }
    Ok(to)
}

fn edit(spec: &Path, round: usize) -> anyhow::Result<()> {
    let text = fs::read_to_string(spec)?;
    let (from, to) = (LIMITS[round % 2], LIMITS[(round + 1) % 2]);
    ensure!(text.contains(from), "{SPEC} has no {from} to change");
    fs::write(spec, text.replace(from, to))?;
    Ok(())
}

pub(crate) fn report(run: &Run) -> Section {
    let table = Table {
        metric: "s",
        of: "after",
        base: None,
        spread: true,
    };
    let text = format!(
        "\
`cargo build` in a copy of this repository, which generates and compiles the candidate: seconds.
*Changed* is a limit edited back and forth; *everything* includes the generator and its dependencies.

{}",
        table.render(run, &run.cases("s"))
    );
    let cases = run
        .cases("s")
        .into_iter()
        .filter(|case| !case.starts_with("everything"));
    let rows = cases.filter_map(|case| Some((case.to_owned(), run.median(case, WHO, "s")?)));
    let chart = bars(&Bars {
        title: "cargo build, again",
        axis: "seconds; less is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "Rebuilding",
        text,
        charts: vec![("rebuilding", chart)],
    }
}

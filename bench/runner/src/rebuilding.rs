//! `rebuilding`: `cargo build` of this repository after a change of the contract, and without one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};

use anyhow::ensure;

use crate::charts::{Bars, bars};
use crate::child;
use crate::paths::Bench;
use crate::programs::cargo;
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;

const ROUNDS: usize = 7;
const WHO: &str = "cargo build";
const SPEC: &str = "spec/rerank.yaml";
/// The library that is built from it: the candidate.
const LIBRARY: &str = "libbigmodel_rerank_contract.rlib";
/// A limit of the contract, which is changed back and forth.
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
    run.add("everything, from scratch", WHO, "s", build()?);
    let spec = copy.join(SPEC);
    let library = target.join("debug").join(LIBRARY);
    let rebuild = || -> anyhow::Result<f64> {
        let before = fs::metadata(&library)?.modified()?;
        let seconds = build()?;
        ensure!(
            fs::metadata(&library)?.modified()? > before,
            "the library was not rebuilt"
        );
        Ok(seconds)
    };
    for round in 0..bench.rounds(ROUNDS) {
        run.add("nothing changed", WHO, "s", build()?);
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

/// Copies the files of the repository, so that the working tree is not modified.
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
        // Git also lists deleted files whose deletion is not committed.
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
    ensure!(text.contains(from), "{SPEC}: missing the limit {from}");
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
Time of `cargo build`, in seconds, in a copy of this repository; it generates and compiles the
candidate. *Contract changed* changes a limit back and forth. *Everything* includes the generator and
its dependencies.

{}",
        table.render(run, &run.cases("s"))
    );
    let cases = run
        .cases("s")
        .into_iter()
        .filter(|case| !case.starts_with("everything"));
    let rows = cases.filter_map(|case| Some((case.to_owned(), run.median(case, WHO, "s")?)));
    let chart = bars(&Bars {
        title: "Rebuild with cargo build",
        axis: "seconds; less is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "Rebuilding",
        text,
        charts: vec![("rebuilding", chart)],
    }
}

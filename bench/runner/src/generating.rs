//! `generating`: from contract to crate with five generators.

mod cases;
mod check;
mod contenders;
mod published;
mod report;
mod report_published;
mod selection;

use std::collections::BTreeSet;
use std::path::PathBuf;

use cases::Case;
pub(crate) use cases::prepared;
pub(crate) use contenders::{
    CRATE, Contender, INSTALLED, OAS3_GEN, OPENAPI_TO_RUST, OURS, openapi_command,
    openapi_generator,
};
pub(crate) use published::{Document, describe, documents};
pub(crate) use report::report;

use crate::child::measured;
use crate::paths::Bench;
use crate::records::Run;

const ROUNDS: usize = 7;
const SIZES: [usize; 2] = [50, 500];
const THIS: &str = "this contract";
const PUBLISHED: &str = "this contract, as published";

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let contenders = contenders::all(bench, run)?;
    for case in cases::all(bench, &contenders)? {
        eprintln!("  {}", case.name);
        for (who, error) in generate(bench, run, &contenders, &case, bench.rounds(ROUNDS))?.failed {
            run.remark(format!("{who} fails on {}: {error:#}", case.name));
        }
    }
    match &bench.contracts {
        Some(folder) => published::measure(bench, run, &contenders, folder)?,
        None => run.remark("Published documents were not measured; pass --contracts DIR."),
    }
    Ok(())
}

/// What the contenders made of a contract.
struct Outcome<'a> {
    /// Contenders and the folders of their crates.
    crates: Vec<(&'a Contender, PathBuf)>,
    failed: Vec<(&'static str, anyhow::Error)>,
}

/// Runs all contenders on a contract, several times, and records time and memory. The crates of the
/// last round remain.
fn generate<'a>(
    bench: &Bench,
    run: &mut Run,
    contenders: &'a [Contender],
    case: &Case,
    rounds: usize,
) -> anyhow::Result<Outcome<'a>> {
    let mut failed = Vec::new();
    let mut failing = BTreeSet::new();
    let count = contenders.len();
    for round in 0..rounds {
        for contender in (0..count).map(|index| &contenders[(index + round) % count]) {
            let who = contender.name;
            if failing.contains(who) || round >= case.rounds_of(who) {
                continue;
            }
            let out = bench.empty_folder(&contender.folder())?;
            let mut command = contender.command(&case.contract, case.overlay.as_deref(), &out);
            match measured(&mut command) {
                Ok(found) => {
                    run.add(&case.name, who, "ms", found.seconds * 1e3);
                    run.add(&case.name, who, "CPU ms", found.cpu_seconds * 1e3);
                    run.add(&case.name, who, "peak MiB", found.peak_mib);
                }
                Err(error) => {
                    failing.insert(who);
                    failed.push((who, error));
                }
            }
        }
    }
    let made = contenders.iter().filter(|one| !failing.contains(one.name));
    let crates = made.map(|one| (one, bench.work(&one.folder())));
    Ok(Outcome {
        crates: crates.collect(),
        failed,
    })
}

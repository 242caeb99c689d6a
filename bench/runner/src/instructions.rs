//! Compares the instructions of the hot paths with the baseline in `instructions.json`, which
//! shows a slower path more precisely than a clock.

use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};

use crate::paths::Bench;
use crate::programs::build;
use crate::tables::number;
use crate::{callgrind, calling, machine};

const PATHS: [&str; 5] = ["encode", "validate", "decode", "tokenise", "score"];
const COUNT: usize = 4;
/// Above the random variation, which comes from the keys of hash maps.
const TOLERANCE: f64 = 0.02;

/// The contents of `instructions.json`.
#[derive(Deserialize, Serialize)]
struct Baseline {
    /// The toolchain, which affects the counts.
    toolchain: BTreeMap<String, String>,
    /// The instructions of each path for 128 documents of 4000 characters.
    instructions: BTreeMap<String, u64>,
}

/// Counts the instructions and prints the difference from the baseline, or updates the baseline.
pub(crate) fn compare(bench: &Bench, accept: bool) -> anyhow::Result<ExitCode> {
    callgrind::version()?;
    let found = count(bench)?;
    let path = bench.folder.join("instructions.json");
    if accept {
        fs::write(
            &path,
            format!("{}\n", serde_json::to_string_pretty(&found)?),
        )?;
        println!("wrote bench/instructions.json");
        return Ok(ExitCode::SUCCESS);
    }
    let text = fs::read_to_string(&path)
        .context("bench/instructions.json is missing; create it with --accept")?;
    let baseline: Baseline = serde_json::from_str(&text).context("bench/instructions.json")?;
    if baseline.toolchain != found.toolchain {
        println!(
            "warning: the baseline was counted with {:?}, this run with {:?}",
            baseline.toolchain, found.toolchain
        );
    }
    ensure!(
        baseline.instructions.keys().eq(found.instructions.keys()),
        "bench/instructions.json has different paths; update it with --accept"
    );
    let mut worse = false;
    println!(
        "{:<22}{:>16}{:>16}{:>10}",
        "path", "baseline", "now", "change"
    );
    for (name, now) in &found.instructions {
        let before = baseline.instructions[name];
        let change = *now as f64 / before as f64 - 1.0;
        let verdict = match change {
            more if more > TOLERANCE => "  more",
            less if less < -TOLERANCE => "  less; update with --accept",
            _ => "",
        };
        worse |= change > TOLERANCE;
        let [before, now] = [before, *now].map(|count| number(count as f64));
        println!(
            "{name:<22}{before:>16}{now:>16}{:>+9.1}%{verdict}",
            change * 100.0
        );
    }
    if worse {
        println!(
            "\nMore than {:.0} % above the baseline. If this is intended, update it with --accept.",
            TOLERANCE * 100.0
        );
    }
    Ok(if worse {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn count(bench: &Bench) -> anyhow::Result<Baseline> {
    let program = build(bench, "hot", "bench-hot")?;
    let mut instructions = BTreeMap::new();
    for (script, texts, response) in calling::hot_files(bench)? {
        for path in PATHS {
            eprintln!("  counting {path}, {script}");
            let each = callgrind::instructions_per_iteration(&program, COUNT, |count| {
                vec![
                    path.to_owned(),
                    texts.clone(),
                    response.clone(),
                    count.to_string(),
                ]
            })?;
            instructions.insert(format!("{path}, {script}"), each as u64);
        }
    }
    Ok(Baseline {
        toolchain: machine::toolchain()?,
        instructions,
    })
}

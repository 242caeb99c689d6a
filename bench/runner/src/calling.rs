//! `calling`: the same call by every contender, to a server with one fixed response.

mod cases;
mod contenders;
mod report;
mod responder;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use crate::json::Job;
use crate::paths::Bench;
use crate::programs::{cores, has_taskset, on_core};
use crate::records::Run;
use crate::texts::Script;
use crate::{callgrind, child};
use cases::{Allocator, Case};
use contenders::Contender;
pub(crate) use report::report;
use responder::Responder;

const ROUNDS: usize = 5;
/// Duration of the measurement of one contender in one case and round.
const SECONDS: f64 = 0.4;

/// The output of a contender.
#[derive(Deserialize)]
struct Outcome {
    calls: usize,
    wall_ns: f64,
    cpu_ns: f64,
    p50_ns: f64,
    p99_ns: f64,
    peak_kib: f64,
    response: String,
}

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let responder = contenders::build_responder(bench)?;
    let contenders = contenders::build(bench, run);
    ensure!(!contenders.is_empty(), "no contender could be built");
    if cores() < 2 || !has_taskset() {
        run.remark("Client and server shared a core: times are unreliable.");
    }
    let cases = cases::write_all(bench)?;
    let mut entries = Vec::new();
    for case in &cases {
        let able: Vec<_> = contenders.iter().filter(|one| one.can(case)).collect();
        let mut calls = check(&responder, case, &able)?;
        entries.extend(
            able.into_iter()
                .map(|one| (case, one, calls.remove(one.name).unwrap_or(1))),
        );
    }
    for round in 0..bench.rounds(ROUNDS) {
        eprintln!("  round {}", round + 1);
        for case in &cases {
            let mut turns: Vec<_> = entries
                .iter()
                .filter(|(of, ..)| std::ptr::eq(*of, case))
                .collect();
            // Each round begins with another contender.
            let count = turns.len();
            turns.rotate_left(round % count.max(1));
            for (case, one, calls) in turns {
                let calls = if bench.quick {
                    case.concurrency.max(4)
                } else {
                    *calls
                };
                time(run, &responder, case, one, calls)?;
            }
        }
    }
    match callgrind::version() {
        Ok(version) => {
            run.versions
                .insert("valgrind".to_owned(), version.replace("valgrind-", ""));
            for (case, one, _) in entries
                .iter()
                .filter(|(case, one, _)| is_counted(bench, case, one))
            {
                eprintln!("  counting {}, {}", one.name, case.name());
                count(run, &responder, case, one)?;
            }
        }
        Err(error) => run.remark(format!("{error:#}")),
    }
    Ok(())
}

/// Returns whether to count instructions. They do not depend on the allocator's settings, those of
/// Python take minutes for a single case, and a quick run counts few cases.
fn is_counted(bench: &Bench, case: &Case, one: &Contender) -> bool {
    case.allocator == Allocator::Default
        && !one.is_python()
        && !(bench.quick && (case.concurrency > 1 || case.characters > 100))
}

/// Checks that all contenders send the same body and read the same response, and returns how many
/// calls each makes in the time of a measurement.
fn check(
    responder: &Responder,
    case: &Case,
    contenders: &[&Contender],
) -> anyhow::Result<BTreeMap<&'static str, usize>> {
    let mut agreed: Option<(Vec<String>, &str)> = None;
    let mut calls = BTreeMap::new();
    for one in contenders {
        let (outcome, seen) = call(responder, case, one, case.concurrency * 2, 0, true)?;
        let bodies: Vec<_> = seen.bodies.keys().cloned().collect();
        let body = bodies.first().context("the responder received no body")?;
        ensure!(
            bodies.len() == 1,
            "{}, {}: bodies differ from call to call",
            one.name,
            case.name()
        );
        let evidence = vec![body.clone(), outcome.response.clone()];
        let (first, name) = agreed.get_or_insert((evidence.clone(), one.name));
        ensure!(
            *first == evidence,
            "{}: {} and {} differ in request or response: {first:?}, {evidence:?}",
            case.name(),
            name,
            one.name
        );
        let each = outcome.wall_ns / outcome.calls as f64 / 1e9;
        let count = (SECONDS / each) as usize / case.concurrency * case.concurrency;
        calls.insert(one.name, count.clamp(case.concurrency.max(50), 20_000));
    }
    Ok(calls)
}

fn time(
    run: &mut Run,
    responder: &Responder,
    case: &Case,
    one: &Contender,
    calls: usize,
) -> anyhow::Result<()> {
    let warm = (calls / 10).max(case.concurrency);
    let (outcome, seen) = call(responder, case, one, calls, warm, false)?;
    let made = outcome.calls as f64;
    let name = case.name();
    let mut add = |metric: &str, sample: f64| run.add(&name, one.name, metric, sample);
    add("cpu µs", outcome.cpu_ns / made / 1e3);
    add("calls/s", made / outcome.wall_ns * 1e9);
    add("p50 µs", outcome.p50_ns / 1e3);
    add("p99 µs", outcome.p99_ns / 1e3);
    add("peak MiB", outcome.peak_kib / 1024.0);
    add("connections", seen.connections as f64);
    Ok(())
}

fn call(
    responder: &Responder,
    case: &Case,
    one: &Contender,
    calls: usize,
    warm: usize,
    check: bool,
) -> anyhow::Result<(Outcome, responder::Seen)> {
    let server = responder.start(case, check)?;
    let mut command = on_core(0, &one.program);
    command.args(one.arguments(case, &server.base_url(), calls, warm));
    match case.allocator {
        Allocator::Default => command.env_remove("GLIBC_TUNABLES"),
        Allocator::Keeping => command.env("GLIBC_TUNABLES", cases::KEEPING),
    };
    let text =
        child::text(&mut command).with_context(|| format!("{}, {}", one.name, case.name()))?;
    let outcome =
        serde_json::from_str(&text).with_context(|| format!("{} printed {text}", one.name))?;
    Ok((outcome, server.stop()?))
}

fn count(run: &mut Run, responder: &Responder, case: &Case, one: &Contender) -> anyhow::Result<()> {
    let server = responder.start(case, false)?;
    let calls = if case.characters * case.documents > 10_000 {
        16
    } else {
        64
    }
    .max(case.concurrency);
    let url = server.base_url();
    let each = callgrind::instructions_per_iteration(&one.program, calls, |calls| {
        one.arguments(case, &url, calls, case.concurrency)
    })?;
    server.stop()?;
    run.add(&case.name(), one.name, "instructions", each);
    Ok(())
}

/// Writes the texts and the response of the largest case for each script, for the hot paths.
pub(crate) fn hot_files(bench: &Bench) -> anyhow::Result<Vec<(&'static str, String, String)>> {
    let file = |script: Script| {
        let (texts, response) = cases::write(bench, script, 128, 4000, true)?;
        Ok((
            script.name(),
            texts.display().to_string(),
            response.display().to_string(),
        ))
    };
    Script::ALL.into_iter().map(file).collect()
}

/// Writes requests to serialize and responses to deserialize, for `json`.
pub(crate) fn json_jobs(bench: &Bench) -> anyhow::Result<Vec<Job>> {
    let mut jobs = Vec::new();
    for (documents, characters, count) in [(2, 100, 20_000), (128, 4000, 200)] {
        for script in Script::ALL {
            let size = format!("{documents} × {characters} {}", script.name());
            let mut add = |what: &str, task, file: &Path| {
                let (case, file) = (format!("{what}, {size}"), file.display().to_string());
                jobs.push(Job {
                    case,
                    task,
                    file,
                    count,
                });
            };
            let (texts, plain) = cases::write(bench, script, documents, characters, false)?;
            let (_, with) = cases::write(bench, script, documents, characters, true)?;
            add("request", "write", &texts);
            add("response", "read", &plain);
            add("response with documents", "read", &with);
        }
    }
    Ok(jobs)
}

/// Returns the version of a package in a contender's lock file.
pub(crate) fn locked(bench: &Bench, folder: &str, package: &str) -> String {
    let mut tree = Command::new("cargo");
    tree.args([
        "tree",
        "--locked",
        "--prefix=none",
        "--depth=1",
        "--format={p}",
        "--manifest-path",
    ]);
    tree.arg(bench.folder.join(folder).join("Cargo.toml"));
    let text = child::text(&mut tree).unwrap_or_default();
    let mut lines = text.lines().filter_map(|line| line.split_once(' '));
    let version = lines.find_map(|(name, rest)| (name == package).then_some(rest));
    let version = version
        .and_then(|rest| rest.split(' ').next())
        .unwrap_or("unknown");
    version.trim_start_matches('v').to_owned()
}

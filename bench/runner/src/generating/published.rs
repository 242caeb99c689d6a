//! Published documents of other services, which are not part of this repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use super::cases::Case;
use super::contenders::CRATE;
use super::{Contender, OAS3_GEN, OPENAPI_TO_RUST, OURS, check, generate, selection};
use crate::child;
use crate::paths::Bench;
use crate::records::Run;

const ROUNDS: usize = 3;
const CHECK_ROUNDS: usize = 2;
/// The contenders whose crates are checked several times.
const TIMED: [&str; 3] = [OURS, OPENAPI_TO_RUST, OAS3_GEN];
/// The pseudo-contender of facts about a document.
pub(super) const DOCUMENT: &str = "document";

/// An OpenAPI document.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
}

/// Returns the documents of a folder in the order of their names.
pub(crate) fn documents(folder: &Path) -> anyhow::Result<Vec<Document>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut documents = Vec::new();
    for entry in entries {
        let path = std::path::absolute(entry?.path())?;
        let is_document = path
            .extension()
            .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|one| extension == *one));
        if let Some(name) = path.file_stem().filter(|_| is_document) {
            documents.push(Document {
                name: name.to_string_lossy().into_owned(),
                bytes: fs::metadata(&path)?.len(),
                path,
            });
        }
    }
    ensure!(!documents.is_empty(), "no documents in the given folder");
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(documents)
}

/// Measures the generators on each document, and the crates that they make of it.
pub(super) fn measure(
    bench: &Bench,
    run: &mut Run,
    contenders: &[Contender],
    folder: &Path,
) -> anyhow::Result<()> {
    let documents = documents(folder)?;
    let largest = documents.iter().map(|document| document.bytes).max();
    for document in &documents {
        eprintln!("  {}", document.name);
        run.add(&document.name, DOCUMENT, "KB", document.bytes as f64 / 1e3);
        if let Some(facts) = facts(contenders, &document.path) {
            let operations = facts["operations"].as_f64().unwrap_or_default();
            run.add(&document.name, DOCUMENT, "operations", operations);
        }
        one(bench, run, contenders, document)?;
        if Some(document.bytes) == largest {
            selection::measure(bench, run, contenders, document)?;
        }
        // All documents take long; an interruption loses only the current one.
        run.store(bench)?;
    }
    Ok(())
}

fn one(
    bench: &Bench,
    run: &mut Run,
    contenders: &[Contender],
    document: &Document,
) -> anyhow::Result<()> {
    let name = &document.name;
    let case = Case {
        openapi_rounds: 1,
        ..Case::new(name, document.path.clone())
    };
    let outcome = generate(bench, run, contenders, &case, bench.rounds(ROUNDS))?;
    for (who, _) in outcome.failed {
        run.add(name, who, "generates", 0.0);
    }
    let mut compiling = Vec::new();
    for (contender, out) in outcome.crates {
        run.add(name, contender.name, "generates", 1.0);
        run.add(name, contender.name, "lines", lines(&out)? as f64);
        contender.complete(&out)?;
        let compiles = record_diagnostics(bench, run, name, contender, &out)?;
        if compiles && TIMED.contains(&contender.name) {
            compiling.push((contender.name, out));
        }
    }
    time_checks(bench, run, name, &compiling)
}

/// Records the compiler's errors and warnings, and returns whether the crate compiles.
pub(super) fn record_diagnostics(
    bench: &Bench,
    run: &mut Run,
    case: &str,
    contender: &Contender,
    out: &Path,
) -> anyhow::Result<bool> {
    let found = check::diagnostics(bench, out)?;
    run.add(case, contender.name, "errors", found.errors as f64);
    run.add(case, contender.name, "warnings", found.warnings as f64);
    Ok(found.errors == 0)
}

/// Measures `cargo check` of crates that compile, by contender.
pub(super) fn time_checks(
    bench: &Bench,
    run: &mut Run,
    case: &str,
    crates: &[(&'static str, PathBuf)],
) -> anyhow::Result<()> {
    let count = crates.len();
    for round in 0..bench.rounds(CHECK_ROUNDS) {
        for (who, out) in (0..count).map(|index| &crates[(index + round) % count]) {
            let (wall, cpu) = check::seconds(bench, out)?;
            run.add(case, who, "check s", wall);
            run.add(case, who, "check CPU s", cpu);
        }
    }
    Ok(())
}

/// Returns what our generator says about a document that it accepts.
pub(super) fn facts(contenders: &[Contender], document: &Path) -> Option<Value> {
    let ours = contenders.iter().find(|one| one.name == OURS)?;
    describe(&ours.program, document).ok()
}

/// Returns operations, tags, types and the document as JSON.
pub(crate) fn describe(ours: &Path, document: &Path) -> anyhow::Result<Value> {
    let mut command = Command::new(ours);
    let text = child::text(command.args(["describe", CRATE]).arg(document))?;
    Ok(serde_json::from_str(&text)?)
}

/// Returns the number of lines of Rust in a folder.
pub(super) fn lines(folder: &Path) -> anyhow::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            count += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(count)
}

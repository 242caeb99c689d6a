//! `examples`: the examples of published documents, read and written with the generated types.

mod collect;
mod names;
mod probe;
mod report;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use collect::Example;
use probe::Outcome;
pub(crate) use report::report;

use crate::generating::{Contender, Document, INSTALLED, OURS, describe, documents};
use crate::paths::Bench;
use crate::programs::{build, install};
use crate::records::Run;

/// How many documents are compared.
const DOCUMENTS: usize = 10;
/// The pseudo-contender of facts about a document.
const DOCUMENT: &str = "document";

/// The other generators, with their settings.
const PEERS: [(&str, &[&str]); 3] = [
    ("openapi-to-rust", &[]),
    (
        "openapi-to-rust --types-conservative",
        &["--types-conservative"],
    ),
    ("oas3-gen", &[]),
];

/// A generator with settings for this comparison.
struct Entrant {
    label: &'static str,
    contender: Contender,
    /// Added to the command of `generating`.
    settings: &'static [&'static str],
}

/// A document, and what our generator says about it.
struct Subject {
    document: Document,
    facts: Value,
    examples: Vec<Example>,
}

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let Some(folder) = &bench.contracts else {
        run.remark("Not measured; pass --contracts DIR.");
        return Ok(());
    };
    let entrants = entrants(bench, run)?;
    let mut measured = 0;
    for subject in subjects(&entrants, folder)? {
        eprintln!("  {}", subject.document.name);
        if one(bench, run, &entrants, &subject)? {
            measured += 1;
        }
        if measured == bench.rounds(DOCUMENTS) {
            break;
        }
    }
    Ok(())
}

fn entrants(bench: &Bench, run: &mut Run) -> anyhow::Result<Vec<Entrant>> {
    let program = build(bench, "generating/ours", "generating-ours")?;
    let contender = Contender {
        name: OURS,
        program,
    };
    let mut entrants = vec![Entrant {
        label: OURS,
        contender,
        settings: &[],
    }];
    for (label, settings) in PEERS {
        let name = label.split(' ').next().unwrap_or(label);
        for (_, version) in INSTALLED.iter().filter(|(installed, _)| *installed == name) {
            run.versions.insert(name.to_owned(), (*version).to_owned());
            let program = install(bench, name, version)?;
            entrants.push(Entrant {
                label,
                contender: Contender { name, program },
                settings,
            });
        }
    }
    Ok(entrants)
}

/// Returns the documents that our generator accepts, those with the most examples first.
fn subjects(entrants: &[Entrant], folder: &Path) -> anyhow::Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    for document in documents(folder)? {
        let Ok(facts) = describe(&entrants[0].contender.program, &document.path) else {
            continue;
        };
        let examples = collect::examples(&facts["document"]);
        subjects.push(Subject {
            document,
            facts,
            examples,
        });
    }
    subjects.sort_by_key(|subject| std::cmp::Reverse(subject.examples.len()));
    Ok(subjects)
}

/// Measures a document if each generator makes a crate of it that compiles, and returns whether.
fn one(
    bench: &Bench,
    run: &mut Run,
    entrants: &[Entrant],
    subject: &Subject,
) -> anyhow::Result<bool> {
    let mut outcomes = BTreeMap::new();
    // Peers first: they fail more often.
    for entrant in entrants.iter().rev() {
        match probe::outcomes(bench, entrant, subject) {
            Ok(found) => outcomes.insert(entrant.label, found),
            Err(error) => {
                let first = error.to_string();
                let first = first.lines().next().unwrap_or_default();
                eprintln!("    not compared: {}: {first}", entrant.label);
                return Ok(false);
            }
        };
    }
    record(run, subject, entrants, &outcomes);
    Ok(true)
}

/// Records how many examples come back. Examples that are invalid against their own schema do not
/// count.
fn record(
    run: &mut Run,
    subject: &Subject,
    entrants: &[Entrant],
    outcomes: &BTreeMap<&str, Vec<Outcome>>,
) {
    let case = &subject.document.name;
    let all = 0..subject.examples.len();
    let is_invalid = |index: &usize| outcomes.values().any(|of| of[*index] == Outcome::Invalid);
    let valid: Vec<_> = all.clone().filter(|index| !is_invalid(index)).collect();
    let is_common = |index: &&usize| outcomes.values().all(|of| of[**index] != Outcome::NotFound);
    let common: Vec<_> = valid.iter().filter(is_common).copied().collect();
    run.add(case, DOCUMENT, "examples", valid.len() as f64);
    run.add(case, DOCUMENT, "invalid", (all.len() - valid.len()) as f64);
    run.add(case, DOCUMENT, "common", common.len() as f64);
    for label in entrants.iter().map(|entrant| entrant.label) {
        let Some(of) = outcomes.get(label) else {
            continue;
        };
        let count = |among: &[usize], outcome| {
            among.iter().filter(|index| of[**index] == outcome).count() as f64
        };
        let missing = count(&valid, Outcome::NotFound);
        run.add(case, label, "found", valid.len() as f64 - missing);
        run.add(case, label, "equal", count(&valid, Outcome::Equal));
        run.add(
            case,
            label,
            "equal of common",
            count(&common, Outcome::Equal),
        );
    }
}

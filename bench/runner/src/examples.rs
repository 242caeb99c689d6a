//! `examples`: the examples of published documents, read and written with the generated types.

mod collect;
mod names;
mod probe;
mod report;

use std::cmp::Reverse;
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
const DOCUMENTS: usize = 12;
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
    for subject in subjects(&entrants, folder, bench.rounds(DOCUMENTS))? {
        eprintln!("  {}", subject.document.name);
        let mut outcomes = BTreeMap::new();
        for entrant in &entrants {
            match probe::outcomes(bench, entrant, &subject) {
                Ok(found) => {
                    outcomes.insert(entrant.label, found);
                }
                Err(error) => eprintln!("    {}: {error:#}", entrant.label),
            }
        }
        record(run, &subject, &outcomes);
        run.store(bench)?;
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

/// Returns the documents with the most examples of those that our generator accepts, small ones
/// first.
fn subjects(entrants: &[Entrant], folder: &Path, count: usize) -> anyhow::Result<Vec<Subject>> {
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
    subjects.sort_by_key(|subject| Reverse(subject.examples.len()));
    subjects.truncate(count);
    subjects.sort_by_key(|subject| subject.document.bytes);
    Ok(subjects)
}

/// Records how many examples come back, and how many of those whose type both ours and a peer have.
/// Examples that are invalid against their own schema do not count.
fn record(run: &mut Run, subject: &Subject, outcomes: &BTreeMap<&str, Vec<Outcome>>) {
    let case = &subject.document.name;
    let all = 0..subject.examples.len();
    let is_invalid = |index: &usize| outcomes.values().any(|of| of[*index] == Outcome::Invalid);
    let valid: Vec<_> = all.clone().filter(|index| !is_invalid(index)).collect();
    run.add(case, DOCUMENT, "examples", valid.len() as f64);
    run.add(case, DOCUMENT, "invalid", (all.len() - valid.len()) as f64);
    let Some(ours) = outcomes.get(OURS) else {
        return;
    };
    for (label, of) in outcomes {
        let is_found = |index: &&usize| of[**index] != Outcome::NotFound;
        let found: Vec<_> = valid.iter().filter(is_found).copied().collect();
        let is_common = |index: &&usize| ours[**index] != Outcome::NotFound;
        let common: Vec<_> = found.iter().filter(is_common).copied().collect();
        run.add(case, label, "found", found.len() as f64);
        run.add(case, label, "equal", equal(&found, of));
        run.add(case, label, "common", common.len() as f64);
        run.add(case, label, "equal of common", equal(&common, of));
        run.add(case, label, "ours of common", equal(&common, ours));
    }
}

/// Returns how many of these examples come back equal.
fn equal(among: &[usize], outcomes: &[Outcome]) -> f64 {
    let is_equal = |index: &&usize| outcomes[**index] == Outcome::Equal;
    among.iter().filter(is_equal).count() as f64
}

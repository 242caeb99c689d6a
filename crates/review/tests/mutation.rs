//! Every single-point change of this repository's contract is told, and has a class.
//!
//! The mutants are those of the workspace's own mutation test: each member dropped and
//! renamed, each value altered, each list item dropped, facts added and swapped. For each the
//! review has to tell a change, to cover every node that differs, and to ask for no smaller
//! step of the crate than its public API does. The snapshot lists what each is told as.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

#[allow(
    dead_code,
    reason = "what only the generator's own test asks of a mutant"
)]
#[path = "../../../tests/mutation/mutants.rs"]
mod mutants;
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bigmodel_rerank_codegen::{Contract, Generated, Settings, generate_value};
use bigmodel_rerank_review::{Basis, Bump, Class, Options, Side, review};
use mutants::{Mutant, mutants};
use support::coverage::untold;
use support::{code, input, read, spec};

/// A mutant with what the review says of it.
struct Told {
    line: String,
    gravity: Class,
    /// The step of the crate by the rules where it is less than that of the public API.
    short: Option<String>,
    /// The report, where it does not tell everything.
    missed: Option<String>,
}

#[test]
fn every_single_point_change_is_told() {
    let original = code(&spec()).expect("the contract generates");
    let contract = read(&input("old.json", &original.effective.to_string()));
    let mutants = mutants(contract.value());
    let told = tell_all(&mutants, &contract, &original);
    let missed: Vec<_> = told.iter().filter_map(|one| one.missed.clone()).collect();
    assert!(
        missed.is_empty(),
        "{} not told in full:\n{}",
        missed.len(),
        missed.join("\n")
    );
    let short: Vec<_> = told.iter().filter_map(|one| one.short.clone()).collect();
    assert!(
        short.is_empty(),
        "{} asked too little:\n{}",
        short.len(),
        short.join("\n")
    );
    let mut counts = BTreeMap::new();
    let mut table = String::new();
    for one in &told {
        *counts.entry(one.gravity).or_insert(0) += 1;
        writeln!(table, "{}", one.line).unwrap();
    }
    let counts: Vec<_> = counts
        .iter()
        .rev()
        .map(|(class, n)| format!("{n} {class}"))
        .collect();
    let summary = format!("{} mutants: {}\n\n{table}", told.len(), counts.join(", "));
    insta::assert_snapshot!(summary);
}

/// What the review says of each mutant, found on all cores.
fn tell_all(mutants: &[Mutant], contract: &Contract, original: &Generated) -> Vec<Told> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = mutants.len().div_ceil(cores);
    std::thread::scope(|scope| {
        let workers: Vec<_> = mutants
            .chunks(share)
            .map(|mutants| {
                let tell = move |mutant| tell(mutant, contract, original);
                scope.spawn(move || mutants.iter().map(tell).collect::<Vec<_>>())
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

fn tell(mutant: &Mutant, contract: &Contract, original: &Generated) -> Told {
    let changed = read(&input("new.json", &mutant.contract.to_string()));
    let code = generate_value("new.json", &mutant.contract, &Settings::default());
    let old = Side::with_code(contract, Ok(original));
    let new = Side::with_code(&changed, code.as_ref());
    let review = review(&old, &new, &Options::default());
    let label = &mutant.label;
    let (left, right) = untold(&review, contract.value(), changed.value());
    let whole = !review.changes.is_empty() && left == right;
    let missed = (!whole).then(|| format!("{label}:\n{review}"));

    let gravity = review
        .changes
        .iter()
        .map(|change| change.gravity())
        .max()
        .unwrap_or(Class::Documentation);
    let rules: Vec<_> = review.changes.iter().map(|change| change.rule.id).collect();
    let by_rules = review
        .changes
        .iter()
        .map(|change| change.rust)
        .max()
        .unwrap_or_default();
    let short = review.verdict.basis == Basis::Compared && by_rules < review.verdict.rust;
    let short = short.then(|| format!("{label}: {rules:?} ask for {by_rules}, {:?}", review.items));
    let refused = match review.verdict.basis {
        Basis::Refused => ", refused",
        _ => "",
    };
    let rust = match review.verdict.rust {
        Bump::None => "none",
        bump => bump.name(),
    };
    let wire = review.verdict.wire;
    Told {
        line: format!(
            "{label}  <-  {gravity}: {} ({wire}/{rust}{refused})",
            rules.join(", ")
        ),
        gravity,
        short,
        missed,
    }
}

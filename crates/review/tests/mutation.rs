//! Every single-point change of this repository's contract is reported, and has a class.
//!
//! The mutants are those of the workspace's mutation test: each member dropped and renamed, each
//! value altered, each list item dropped, facts added and swapped. For each mutant the review has
//! to report a change, to cover every node that differs, and to require at least the bump of the
//! crate that its public API requires. The snapshot lists what each mutant is reported as.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bigmodel_rerank_codegen::{Contract, Deny, Generated, Settings, generate_value};
use bigmodel_rerank_review::{Basis, Bump, Class, Options, Side, review};
use bigmodel_rerank_test_support::mutants::{Mutant, mutants};
use support::coverage::unreported;
use support::{code, input, read, spec};

/// The report on a mutant.
struct Reported {
    line: String,
    severity: Class,
    /// The bump by the rules, if it is smaller than that of the public API.
    too_small: Option<String>,
    /// The report, if it is incomplete.
    incomplete: Option<String>,
}

#[test]
fn every_single_point_change_is_reported() {
    let original = code(&spec()).expect("the contract generates");
    let contract = read(&input("old.json", &original.effective.to_string()));
    let mutants = mutants(contract.value());
    let reported = review_all(&mutants, &contract, &original);
    let incomplete: Vec<_> = reported
        .iter()
        .filter_map(|one| one.incomplete.clone())
        .collect();
    assert!(
        incomplete.is_empty(),
        "{} not reported in full:\n{}",
        incomplete.len(),
        incomplete.join("\n")
    );
    let too_small: Vec<_> = reported
        .iter()
        .filter_map(|one| one.too_small.clone())
        .collect();
    assert!(
        too_small.is_empty(),
        "{} require too small a bump:\n{}",
        too_small.len(),
        too_small.join("\n")
    );
    let mut counts = BTreeMap::new();
    let mut table = String::new();
    for one in &reported {
        *counts.entry(one.severity).or_insert(0) += 1;
        writeln!(table, "{}", one.line).unwrap();
    }
    let counts: Vec<_> = counts
        .iter()
        .rev()
        .map(|(class, n)| format!("{n} {class}"))
        .collect();
    let summary = format!(
        "{} mutants: {}\n\n{table}",
        reported.len(),
        counts.join(", ")
    );
    insta::assert_snapshot!(summary);
}

/// Reviews each mutant, on all cores.
fn review_all(mutants: &[Mutant], contract: &Contract, original: &Generated) -> Vec<Reported> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = mutants.len().div_ceil(cores);
    std::thread::scope(|scope| {
        let workers: Vec<_> = mutants
            .chunks(share)
            .map(|mutants| {
                let report = move |mutant| report(mutant, contract, original);
                scope.spawn(move || mutants.iter().map(report).collect::<Vec<_>>())
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

fn report(mutant: &Mutant, contract: &Contract, original: &Generated) -> Reported {
    let changed = read(&input("new.json", &mutant.contract.to_string()));
    let settings = Settings {
        deny: Deny::all(),
        ..Settings::default()
    };
    let code = generate_value("new.json", &mutant.contract, &settings);
    let old = Side::with_code(contract, Ok(original));
    let new = Side::with_code(&changed, code.as_ref());
    let review = review(&old, &new, &Options::default());
    let label = &mutant.label;
    let (left, right) = unreported(&review, contract.value(), changed.value());
    let is_complete = !review.changes.is_empty() && left == right;
    let incomplete = (!is_complete).then(|| format!("{label}:\n{review}"));

    let severity = review
        .changes
        .iter()
        .map(|change| change.severity())
        .max()
        .unwrap_or(Class::Documentation);
    let rules: Vec<_> = review.changes.iter().map(|change| change.rule.id).collect();
    let by_rules = review
        .changes
        .iter()
        .map(|change| change.rust)
        .max()
        .unwrap_or_default();
    let is_too_small = review.verdict.basis == Basis::Compared && by_rules < review.verdict.rust;
    let too_small =
        is_too_small.then(|| format!("{label}: {rules:?} require {by_rules}, {:?}", review.items));
    let refused = match review.verdict.basis {
        Basis::Refused => ", refused",
        _ => "",
    };
    let rust = match review.verdict.rust {
        Bump::None => "none",
        bump => bump.name(),
    };
    let wire = review.verdict.wire;
    Reported {
        line: format!(
            "{label}  <-  {severity}: {} ({wire}/{rust}{refused})",
            rules.join(", ")
        ),
        severity,
        too_small,
        incomplete,
    }
}

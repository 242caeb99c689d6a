//! Every single-point change of the effective contract is caught by some guard.
//!
//! The test changes one fact at a time and generates: each member dropped and renamed, each
//! value altered, each list item dropped, and facts added or swapped where that makes sense.
//! What catches a mutant: the generator refuses it, or the code differs, or its documentation,
//! its manifest, the contract's digest, the public API or the ledger. A fact that code can
//! carry has to change the code, or be refused; where that cannot be, a reason stands beside
//! the mutant. The snapshot lists them all.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

mod support;

use std::fmt::Write as _;

use bigmodel_rerank_codegen::{Generated, generate_value};
use bigmodel_rerank_test_support::mutants::{Mutant, mutants};

/// What is compared: one text for each guard.
struct Guards {
    code: String,
    docs: String,
    manifest: String,
    summary: String,
    public_api: String,
    ledger: String,
}

impl Guards {
    fn of(generated: &Generated) -> Self {
        let rust = |keep: fn(&str) -> bool| {
            let mut text = String::new();
            for (path, file) in &generated.files {
                if path.ends_with(".rs") {
                    let lines = file.lines().skip(2).filter(|line| keep(line.trim_start()));
                    text.extend(lines.map(|line| format!("{path}: {line}\n")));
                }
            }
            text
        };
        Self {
            code: rust(|line| !line.starts_with("//")),
            // The README is the documentation of the crate as a whole.
            docs: rust(|line| line.starts_with("//"))
                + &without_header(&generated.files["README.md"]),
            manifest: without_header(&generated.files["Cargo.toml"]),
            summary: generated.summary.clone(),
            public_api: generated.public_api().to_string(),
            ledger: generated.ledger.clone(),
        }
    }

    /// The names of the guards that see a difference.
    fn against(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("code", &self.code, &other.code),
            ("docs", &self.docs, &other.docs),
            ("manifest", &self.manifest, &other.manifest),
            ("summary", &self.summary, &other.summary),
            ("public API", &self.public_api, &other.public_api),
            ("ledger", &self.ledger, &other.ledger),
        ];
        let seen = pairs.into_iter().filter(|(_, a, b)| a != b);
        seen.map(|(name, _, _)| name).collect()
    }
}

/// The header quotes the digest of the inputs, which every change alters.
fn without_header(file: &str) -> String {
    file.lines().skip(2).collect()
}

#[test]
fn every_single_point_change_is_caught() {
    let contract = support::candidate().effective;
    let original = generate_value("contract", &contract, &support::settings()).unwrap();
    let original = Guards::of(&original);
    let mutants = mutants(&contract);
    let mut table = String::new();
    let mut escaped = Vec::new();
    let (mut carried, mut in_code, mut refused) = (0, 0, 0);
    for (mutant, caught) in mutants.iter().zip(judge(&mutants, &original)) {
        assert_ne!(
            mutant.contract, contract,
            "{} changes nothing",
            mutant.label
        );
        let stops = caught.contains(&"code") || caught.contains(&"refused");
        let excused = mutant.excuse.filter(|_| !stops);
        if caught.is_empty() || (mutant.expressible && !stops && excused.is_none()) {
            escaped.push(format!("{}: caught by {caught:?}", mutant.label));
        }
        carried += usize::from(mutant.expressible);
        in_code += usize::from(caught.contains(&"code"));
        refused += usize::from(caught.contains(&"refused"));
        let excuse = excused.map_or_else(String::new, |excuse| format!("  ({excuse})"));
        writeln!(table, "{}  <-  {}{excuse}", mutant.label, caught.join(", ")).unwrap();
    }
    assert!(
        escaped.is_empty(),
        "{} mutants escaped:\n{}",
        escaped.len(),
        escaped.join("\n")
    );
    let summary = format!(
        "{} mutants, all caught: {in_code} change the code, {refused} are refused; \
         {carried} are of facts that code can carry\n\n{table}",
        mutants.len()
    );
    insta::assert_snapshot!(summary);
}

/// The guards that catch each mutant, found on all cores.
fn judge(mutants: &[Mutant], original: &Guards) -> Vec<Vec<&'static str>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = mutants.len().div_ceil(cores);
    std::thread::scope(|scope| {
        let workers: Vec<_> = mutants
            .chunks(share)
            .map(|mutants| {
                scope.spawn(move || {
                    mutants
                        .iter()
                        .map(|mutant| caught(mutant, original))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

fn caught(mutant: &Mutant, original: &Guards) -> Vec<&'static str> {
    match generate_value("mutant", &mutant.contract, &support::settings()) {
        Ok(generated) => Guards::of(&generated).against(original),
        Err(diagnostics) => {
            let report = diagnostics.to_string();
            let defect = report.contains("the generator failed");
            assert!(!defect, "{}: {report}", mutant.label);
            vec!["refused"]
        }
    }
}

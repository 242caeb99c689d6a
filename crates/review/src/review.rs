//! The result of a review.

use crate::change::Change;
use crate::departures::Departure;
use crate::options::Step;
use crate::rust_api::ItemChange;
use crate::semver::SemverChecks;
use crate::severity::Class;
use crate::verdict::Verdict;
use crate::wording::Wording;

/// What changed between two contracts, and what it means.
#[derive(Clone, Debug)]
pub struct Review {
    /// The verdict on all changes together.
    pub verdict: Verdict,
    /// Every change, the worst first.
    pub changes: Vec<Change>,
    /// The changes of the public Rust API, item by item; empty if it was not compared.
    pub items: Vec<ItemChange>,
    /// The nodes that only one of the two crates carries exactly.
    pub departures: Vec<Departure>,
    /// The contracts after their overlays, as a unified diff of YAML.
    pub contract_diff: String,
    /// The public APIs, as a unified diff.
    pub rust_diff: String,
    /// The diagnostics of the generator for the old and the new contract, if it rejects them.
    pub refused: [Option<String>; 2],
    /// How texts for readers were compared.
    pub wording: Wording,
    /// The number of texts that differ but state the same figures. They are not changes.
    pub reworded: usize,
    /// The result of `cargo-semver-checks`, if it was run.
    pub semver_checks: Option<SemverChecks>,
    /// What to do next, in order.
    pub next_steps: Vec<Step>,
}

impl Review {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.items.is_empty()
    }

    /// Returns the changes of one severity.
    pub fn of_severity(&self, severity: Class) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.severity() == severity)
    }
}

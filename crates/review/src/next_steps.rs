//! What to do next: first what people have to decide, then the steps of the caller.

use crate::change::Change;
use crate::departures::Departure;
use crate::options::{Options, Step};
use crate::severity::{Bump, Class};
use crate::verdict::{Basis, Verdict, Versions};

/// Returns the next steps, in order; none if nothing changed.
pub(crate) fn next_steps(
    verdict: &Verdict,
    changes: &[Change],
    departures: &[Departure],
    options: &Options,
) -> Vec<Step> {
    if changes.is_empty() && verdict.rust == Bump::None {
        return Vec::new();
    }
    let unclassified = changes
        .iter()
        .filter(|change| change.class() == Class::Unclassified);
    let unclassified = match unclassified.count() {
        0 => None,
        1 => Some("Read the unclassified change, and decide who is affected.".to_owned()),
        n => Some(format!(
            "Read the {n} unclassified changes, and decide who is affected."
        )),
    };
    let refused = (verdict.basis == Basis::Refused)
        .then(|| "Correct the contract or its overlay until it generates.".to_owned());
    let looser = match departures.iter().filter(|one| one.is_new).count() {
        0 => None,
        1 => {
            Some("Make the node exact that the new crate no longer carries exactly, or accept it.")
        }
        _ => Some(
            "Make the nodes exact that the new crate no longer carries exactly, or accept them.",
        ),
    };
    let instructions = [
        unclassified,
        refused,
        looser.map(str::to_owned),
        version_step(&verdict.package),
    ];
    let mut steps: Vec<_> = instructions
        .into_iter()
        .flatten()
        .map(Step::Instruction)
        .collect();
    steps.extend(options.next_steps.iter().cloned());
    steps
}

fn version_step(versions: &Versions) -> Option<String> {
    let (required, new) = (versions.required.as_ref()?, versions.new.as_ref()?);
    (versions.is_sufficient == Some(false)).then(|| {
        format!("Raise `version` of `info.x-rust-crate` in the overlay from {new} to {required}.")
    })
}

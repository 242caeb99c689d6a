//! Corrections to a contract: an OpenAPI Overlay 1.0, applied to it.
//!
//! Two rules are this project's own. An action that matches nothing is an error, and so is one
//! that changes nothing: a correction that is no longer needed must not go unnoticed.

mod actions;
mod edits;

use serde_json::Value;

use self::actions::{Action, Change};
pub(crate) use self::edits::{Edit, before_removal};
use crate::source::Document;
use crate::{Contract, Diagnostic, Problem};

/// Applies an overlay to the contract, or returns all problems of the overlay.
pub(crate) fn apply(mut spec: Document, overlay: Document) -> Result<Contract, Vec<Diagnostic>> {
    let (actions, mut problems) = actions::read(&overlay.value);
    let mut edits = Vec::new();
    for action in &actions {
        match run(action, &mut spec.value) {
            Ok(more) => edits.extend(more),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        return Ok(Contract::with_overlay(spec, Some(overlay), edits));
    }
    let diagnostics = problems.iter().map(|problem| overlay.diagnose(problem));
    Err(diagnostics.collect())
}

/// Applies one action, wholly or not at all.
fn run(action: &Action<'_>, value: &mut Value) -> Result<Vec<Edit>, Problem> {
    let targets = edits::targets(&action.query, value);
    if targets.is_empty() {
        return Err(Problem::new(
            action.at.key("target"),
            "the target matches nothing in the contract",
            "correct the target, or delete the action if the contract no longer has the node",
        ));
    }
    let edits = match action.change {
        Change::Remove => edits::remove(value, targets),
        Change::Update(update) => edits::update(value, &targets, update, &action.at.key("update")),
    };
    let edits = edits
        .map_err(|refusal| Problem::new(action.at.key("target"), refusal.message, refusal.help))?;
    if edits.is_empty() {
        return Err(Problem::new(
            action.at.clone(),
            "the action changes nothing: the contract has caught up with it",
            "delete the action",
        ));
    }
    Ok(edits)
}

#[cfg(test)]
mod tests;

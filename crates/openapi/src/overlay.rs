//! Corrections to a contract: an OpenAPI Overlay 1.0 or 1.1, applied to it.
//!
//! An overlay whose `info` says `x-strict: true` keeps rules of this project besides. Each action
//! gives its reason and its evidence. An action that matches nothing is an error, and so is one
//! that changes nothing, that overwrites a value without naming it in `x-replaces`, or that adds
//! to a list what it has already: a correction that the publisher has caught up with, or has made
//! in another way, must not go unnoticed.

mod actions;
mod edits;

use serde_json::Value;

use self::actions::{Action, Change};
use self::edits::Update;
pub(crate) use self::edits::{Edit, before_removal};
use crate::source::Document;
use crate::{Contract, Diagnostic, Problem};

/// Applies an overlay to the contract, or returns all problems of the overlay.
pub(crate) fn apply(mut spec: Document, overlay: Document) -> Result<Contract, Vec<Diagnostic>> {
    let (actions, is_strict, mut problems) = actions::read(&overlay.value);
    let mut edits = Vec::new();
    for action in &actions {
        match run(action, is_strict, &mut spec.value) {
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
fn run(action: &Action<'_>, is_strict: bool, value: &mut Value) -> Result<Vec<Edit>, Problem> {
    let targets = edits::targets(&action.query, value);
    if targets.is_empty() && !is_strict {
        return Ok(Vec::new());
    }
    if targets.is_empty() {
        return Err(Problem::new(
            action.at.key("target"),
            "the target matches nothing in the contract",
            "correct the target, or delete the action if the contract no longer has the node",
        ));
    }
    let edits = match &action.change {
        Change::Remove => edits::remove(value, targets),
        Change::Update(update) => {
            let update = Update {
                value: update,
                from: action.at.key("update"),
                replaces: action.replaces,
                is_strict,
            };
            edits::update(value, &targets, &update)
        }
        Change::Copy(source) => {
            let sources = edits::targets(source, value);
            let copied = match sources.as_slice() {
                [only] => only.get(value).cloned(),
                _ => None,
            };
            let Some(copied) = copied else {
                let message = format!("`copy` must select one node, and selects {}", sources.len());
                let help = "name the node to copy";
                return Err(Problem::new(action.at.key("copy"), message, help));
            };
            let update = Update {
                value: &copied,
                from: action.at.key("copy"),
                replaces: action.replaces,
                is_strict,
            };
            edits::update(value, &targets, &update)
        }
    };
    let edits = edits.map_err(|refusal| {
        let at = refusal.at.unwrap_or_else(|| action.at.key("target"));
        Problem::new(at, refusal.message, refusal.help)
    })?;
    if edits.is_empty() && is_strict {
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

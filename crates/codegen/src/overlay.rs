//! Our corrections to a contract: an OpenAPI Overlay 1.0, applied to it.
//!
//! Two rules are ours. An action that matches nothing is an error, and so is one that
//! changes nothing: a correction that is needed no more must not stay behind unseen.

mod actions;
mod edits;

use serde_json::Value;

use self::actions::{Action, Change};
use self::edits::Edit;
use crate::diagnostic::{BY_OVERLAY, Diagnostic, Finding};
use crate::parse::diagnose;
use crate::pointer::Pointer;
use crate::source::Document;

/// The contract after its overlay, and where each of its nodes came from.
#[derive(Debug)]
pub(crate) struct Effective {
    /// The contract as the overlay leaves it.
    pub(crate) value: Value,
    spec: Document,
    overlay: Option<Document>,
    /// What the overlay did, in its order.
    edits: Vec<Edit>,
}

impl Effective {
    /// A contract that needs no corrections.
    pub(crate) fn new(mut spec: Document) -> Self {
        Self {
            value: spec.value.take(),
            spec,
            overlay: None,
            edits: Vec::new(),
        }
    }

    /// A problem at a node of the effective contract, told in the file that has the node.
    pub(crate) fn locate(&self, finding: &Finding) -> Diagnostic {
        let (document, pointer) = self.origin(&finding.pointer);
        let mut there = Finding {
            pointer,
            ..finding.clone()
        };
        // What an action brought is mended in that action, not by another one.
        let by_action = self
            .overlay
            .as_ref()
            .is_some_and(|overlay| std::ptr::eq(overlay, document));
        if by_action && there.remedy.contains(BY_OVERLAY) {
            there.remedy = "correct this action, or delete it".to_owned();
        }
        diagnose(document, &there)
    }

    /// The file and address that a node came from.
    ///
    /// Undoes the edits from the last to the first, each of which knows its addresses
    /// as they were when it was made.
    fn origin(&self, pointer: &Pointer) -> (&Document, Pointer) {
        let mut pointer = pointer.clone();
        for edit in self.edits.iter().rev() {
            match (edit, &self.overlay) {
                (Edit::Brought { at, from }, Some(overlay)) => {
                    if let Some(rest) = pointer.below(at) {
                        let there = format!("{}{rest}", from.as_str());
                        return (overlay, Pointer::parse(&there));
                    }
                }
                (Edit::Closed { array, index }, _) => {
                    pointer = edits::reopened(&pointer, array, *index);
                }
                (Edit::Brought { .. }, None) | (Edit::Dropped, _) => {}
            }
        }
        (&self.spec, pointer)
    }
}

/// Applies an overlay to the contract, or tells everything that is wrong with it.
pub(crate) fn apply(spec: Document, overlay: Document) -> Result<Effective, Vec<Diagnostic>> {
    let mut effective = Effective::new(spec);
    let (actions, mut findings) = actions::read(&overlay.value);
    for action in &actions {
        match run(action, &mut effective.value) {
            Ok(edits) => effective.edits.extend(edits),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() {
        effective.overlay = Some(overlay);
        return Ok(effective);
    }
    let diagnostics = findings.iter().map(|finding| diagnose(&overlay, finding));
    Err(diagnostics.collect())
}

/// Applies one action, wholly or not at all.
fn run(action: &Action<'_>, value: &mut Value) -> Result<Vec<Edit>, Finding> {
    let targets = edits::targets(&action.query, value);
    if targets.is_empty() {
        return Err(Finding::new(
            action.at.key("target"),
            "the target matches nothing in the contract",
            "correct the target, or delete the action if the contract no longer has the node",
        ));
    }
    let edits = match action.change {
        Change::Remove => edits::remove(value, targets),
        Change::Update(update) => edits::update(value, &targets, update, &action.at.key("update")),
    };
    let edits = edits.map_err(|refusal| {
        Finding::new(action.at.key("target"), refusal.problem, refusal.remedy)
    })?;
    if edits.is_empty() {
        return Err(Finding::new(
            action.at.clone(),
            "the action changes nothing: the contract has caught up with it",
            "delete the action",
        ));
    }
    Ok(edits)
}

#[cfg(test)]
mod tests;

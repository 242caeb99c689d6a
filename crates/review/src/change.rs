//! A change: a difference with everything that a report says about it. Its class is decided in
//! `classify.rs`.

use crate::location::NodeLocation;
use crate::rules::Rule;
use crate::severity::{Bump, Direction};
use crate::uses::Use;

/// One change between two contracts.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The kind of change.
    pub rule: &'static Rule,
    /// The old and the new value, in words.
    pub what: String,
    /// The nodes of the old contract that differ, the main one first.
    pub old: Vec<NodeLocation>,
    /// The nodes of the new contract that differ, the main one first.
    pub new: Vec<NodeLocation>,
    /// The operations that it affects.
    pub uses: Vec<Use>,
    /// The public Rust items that it affects.
    pub items: Vec<String>,
    /// The smallest bump of the contract's version that it requires.
    pub wire: Bump,
    /// The smallest bump of the crate's version that it requires.
    pub rust: Bump,
    /// Remarks for the reader.
    pub notes: Vec<String>,
    /// Whether it was reached through a reference or a fallback. Then the nodes may exist
    /// unchanged in both contracts, and what differs is which of them apply.
    pub through_reference: bool,
    pub(crate) is_unused: bool,
}

impl Change {
    /// Returns what to do about it in the directions that operations use it in.
    pub fn remedy(&self) -> String {
        let Some(in_responses) = self.rule.response_remedy else {
            return self.rule.remedy.to_owned();
        };
        let is_used = |direction| self.effect(direction).is_some();
        match (is_used(Direction::Request), is_used(Direction::Response)) {
            (false, true) => in_responses.to_owned(),
            (true, true) => format!("{}; in responses, {in_responses}", self.rule.remedy),
            (_, false) => self.rule.remedy.to_owned(),
        }
    }

    /// Returns the location of the main node, in the new contract if it has one.
    pub(crate) fn main_location(&self) -> Option<&NodeLocation> {
        self.new.first().or(self.old.first())
    }
}

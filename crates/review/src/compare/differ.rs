//! The state of a comparison, and how differences are recorded.

use serde_json::Value;

use super::budget::Budget;
use super::difference::{Difference, Pointers, WireScan};
use super::scopes::Scopes;
use super::sides::Sides;
use crate::label::{label, short};
use crate::rules::{Rule, document};
use crate::wording::{Names, Wording};

/// Walks both contracts together and records their differences.
pub(crate) struct Differ<'a> {
    pub(super) old: &'a Value,
    pub(super) new: &'a Value,
    pub(super) wording: Wording,
    /// Names that the contracts use. In a text, they are not figures.
    pub(super) names: Names,
    pub(crate) differences: Vec<Difference>,
    /// The number of texts that differ but state the same figures.
    pub(crate) reworded: usize,
    pub(crate) scopes: Scopes,
    pub(super) scope: Option<usize>,
    pub(super) budget: Budget,
    pub(super) wire: WireScan,
}

impl<'a> Differ<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value, wording: Wording) -> Self {
        let names = match wording {
            Wording::Exact => Names::default(),
            Wording::Paraphrased => Names::from_contracts([old, new]),
        };
        Self {
            old,
            new,
            wording,
            names,
            differences: Vec::new(),
            reworded: 0,
            scopes: Scopes::default(),
            scope: None,
            budget: Budget::default(),
            wire: WireScan::default(),
        }
    }

    /// Records a difference.
    pub(super) fn record(
        &mut self,
        rule: &'static Rule,
        at: &Pointers,
        sides: Sides<'_>,
        what: String,
    ) {
        let difference = self.difference(rule, at, sides, what);
        self.differences.push(difference);
    }

    /// Records that a value changed.
    pub(super) fn record_value(&mut self, rule: &'static Rule, at: &Pointers, sides: Sides<'_>) {
        let what = self.changed(at, sides);
        self.record(rule, at, sides, what);
    }

    /// Creates a difference without recording it, so that the caller can add to it.
    pub(super) fn difference(
        &self,
        rule: &'static Rule,
        at: &Pointers,
        sides: Sides<'_>,
        what: String,
    ) -> Difference {
        let old = sides.old_value().map(|_| at.old.clone());
        let new = sides.new_value().map(|_| at.new.clone());
        Difference {
            rule,
            what,
            old: old.into_iter().collect(),
            new: new.into_iter().collect(),
            scope: self.scope,
            rust: rule.rust,
            subject: None,
            notes: Vec::new(),
        }
    }

    /// Lets the first difference since `start` cover the node at `at` too, which only contains
    /// what differs. Without such a difference, the node itself is recorded.
    pub(super) fn cover(&mut self, start: usize, at: &Pointers, sides: Sides<'_>) {
        let scope = self.scope;
        let mut since = self.differences.iter_mut().skip(start);
        // Differences in another scope are below a reference, and so not in this node.
        match since.find(|difference| difference.scope == scope) {
            Some(first) => {
                first.old.extend(sides.old_value().map(|_| at.old.clone()));
                first.new.extend(sides.new_value().map(|_| at.new.clone()));
            }
            None => self.record_value(&document::SPELLED_OUT, at, sides),
        }
    }

    /// Covers a list that only one contract has.
    pub(super) fn cover_one_sided(&mut self, start: usize, at: &Pointers, sides: Sides<'_>) {
        if sides.is_one_sided() {
            self.cover(start, at, sides);
        }
    }

    /// Returns two lists that differ; an absent list is empty. Records a value that is not a list.
    pub(super) fn lists(&mut self, at: &Pointers, sides: Sides<'a>) -> Option<[&'a [Value]; 2]> {
        let list = |value: Option<&'a Value>| match value {
            None => Some([].as_slice()),
            Some(value) => value.as_array().map(Vec::as_slice),
        };
        if sides.are_equal() {
            return None;
        }
        match (list(sides.old_value()), list(sides.new_value())) {
            (Some(old), Some(new)) => Some([old, new]),
            _ => {
                self.record_value(&document::MALFORMED_CHANGED, at, sides);
                None
            }
        }
    }

    /// Describes a changed value: `` X.y: `maxLength` 128 -> 64 ``.
    pub(super) fn changed(&self, at: &Pointers, sides: Sides<'_>) -> String {
        let (root, pointer) = if sides.in_new() {
            (self.new, &at.new)
        } else {
            (self.old, &at.old)
        };
        let value = |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), short);
        let parent = pointer.parent().unwrap_or_default();
        let key = pointer.last();
        format!(
            "{}: `{key}` {} -> {}",
            label(root, &parent),
            value(sides.old_value()),
            value(sides.new_value())
        )
    }

    /// Returns the label of a node: that in the new contract, if the new contract has the node.
    pub(super) fn name(&self, at: &Pointers, sides: Sides<'_>) -> String {
        if sides.in_new() {
            label(self.new, &at.new)
        } else {
            label(self.old, &at.old)
        }
    }
}

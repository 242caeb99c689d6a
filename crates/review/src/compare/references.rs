//! `$ref`: the same node in another place, or another node.

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::grammar::{Member, member};
use super::lists::keys;
use super::sides::Sides;
use crate::label::short;
use crate::rules::{Rule, document};

impl<'a> Differ<'a> {
    /// Compares two nodes of which at least one is a reference.
    pub(super) fn reference(&mut self, kind: Kind, at: &Pointers, old: &'a Value, new: &'a Value) {
        if reference::text(old) == reference::text(new) {
            self.siblings(kind, at, old, new);
            return;
        }
        let sides = Sides::Both(old, new);
        self.record_unread_siblings(kind, at, old, new);
        let resolved = (
            target(kind, self.old, old, &at.old),
            target(kind, self.new, new, &at.new),
        );
        let differs = match resolved {
            // The walk compares this node where it is.
            (Some(old), Some(new)) if old.1 == new.1 && self.is_walked(&old.1) => Some(false),
            (Some(old), Some(new)) => self.compare_targets(kind, at, old, new),
            _ => None,
        };
        let rule = match differs {
            Some(true) => &document::REFERENCE_CHANGED,
            Some(false) => &document::REFERENCE_MOVED,
            None => &document::REFERENCE_UNREAD,
        };
        let what = self.moved(at, old, new);
        self.record_reference(rule, at, sides, what);
    }

    /// Records a reference. If the budget is exhausted, references below others are recorded
    /// once for all.
    pub(super) fn record_reference(
        &mut self,
        rule: &'static Rule,
        at: &Pointers,
        sides: Sides<'_>,
        what: String,
    ) {
        if self.scope.is_none() || !self.budget.is_exhausted() {
            self.record(rule, at, sides, what);
            return;
        }
        if !self.budget.is_reported {
            self.budget.is_reported = true;
            let what = format!("{what}; this and further references below others: too many");
            self.record(&document::REFERENCE_UNREAD, at, sides, what);
        }
    }

    /// Compares two nodes that references lead to, or that apply in each other's place. Each pair
    /// is compared once. Returns whether they differ on the wire; `None` if they are too deep.
    pub(super) fn compare_targets(
        &mut self,
        kind: Kind,
        at: &Pointers,
        (old, old_at): (&'a Value, Pointer),
        (new, new_at): (&'a Value, Pointer),
    ) -> Option<bool> {
        if self.scope.is_some() {
            self.budget.follow();
        }
        let target = Pointers {
            old: old_at,
            new: new_at,
        };
        if let Some(differs) = self.scopes.find(kind, &target, at, self.scope) {
            return Some(differs);
        }
        if self.budget.is_too_deep() || self.budget.is_exhausted() {
            return None;
        }
        self.budget.add_pair();
        let scope = self.scopes.create(kind, &target, at, self.scope);
        let (outer, start) = (self.scope.replace(scope), self.differences.len());
        self.node(Role::Node(kind), &target, old, new);
        self.scope = outer;
        let differs = self.wire.differs_since(&self.differences, start) || self.budget.is_reported;
        self.scopes.set_differs(scope, differs);
        Some(differs)
    }

    /// Compares the siblings of a reference that did not change.
    fn siblings(&mut self, kind: Kind, at: &Pointers, old: &'a Value, new: &'a Value) {
        let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else {
            return;
        };
        let rule = match self.siblings_apply(kind) {
            true => &document::UNKNOWN_CHANGED,
            false => &document::REFERENCE_SIBLING_CHANGED,
        };
        for key in keys(old, new) {
            let Some(sides) = Sides::differing(old, new, key) else {
                continue;
            };
            let at = at.key(key);
            match member(Role::Node(kind), key) {
                Member::Text(rule) => self.text(rule, &at, sides),
                _ => self.record_value(rule, &at, sides),
            }
        }
    }

    /// Whether siblings of a `$ref` may apply: in a path item, or in other versions than 3.0.
    fn siblings_apply(&self, kind: Kind) -> bool {
        let ignores = |root: &Value| {
            let version = root.get("openapi").and_then(Value::as_str);
            version.is_some_and(|version| version.starts_with("3.0."))
        };
        kind == Kind::PathItem || !ignores(self.old) || !ignores(self.new)
    }

    /// Records that the siblings of references with different targets were not compared.
    fn record_unread_siblings(&mut self, kind: Kind, at: &Pointers, old: &Value, new: &Value) {
        let siblings = |node: &Value| {
            let members = node.as_object().filter(|_| reference::text(node).is_some());
            let members = members.into_iter().flatten();
            let applies = |key: &str| {
                key != reference::KEYWORD
                    && !matches!(member(Role::Node(kind), key), Member::Text(_))
            };
            members.filter(|(key, _)| applies(key)).count()
        };
        if self.siblings_apply(kind) && siblings(old) + siblings(new) > 0 {
            let sides = Sides::Both(old, new);
            let what = format!("{}: siblings of the reference", self.name(at, sides));
            self.record(&document::UNKNOWN_CHANGED, at, sides, what);
        }
    }

    /// Describes a changed reference: `` Pet.owner: `#/…/Owner` -> `#/…/Person` ``.
    fn moved(&self, at: &Pointers, old: &Value, new: &Value) -> String {
        let target = |node: &Value| match reference::text(node) {
            Some(text) => format!("`{text}`"),
            None => format!("inline, {}", short(node)),
        };
        let name = self.name(at, Sides::Both(old, new));
        format!("{name}: {} -> {}", target(old), target(new))
    }
}

/// Returns the target of a reference, or of the reference that is the only part of `allOf`.
fn target<'a>(
    kind: Kind,
    root: &'a Value,
    node: &'a Value,
    at: &Pointer,
) -> Option<(&'a Value, Pointer)> {
    let only_part = || {
        let members = node.as_object()?;
        let parts = members.get("allOf")?.as_array()?;
        match parts.as_slice() {
            [part] if members.len() == 1 && reference::text(part).is_some() => Some(part),
            _ => None,
        }
    };
    let is_schema = kind == Kind::Schema;
    match only_part().filter(|_| is_schema) {
        Some(part) => reference::resolve(root, part, &at.key("allOf").index(0)),
        None => reference::resolve(root, node, at),
    }
}

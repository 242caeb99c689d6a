//! Walks both contracts together, guided by the grammar.

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use bigmodel_rerank_openapi::reference;
use serde_json::{Map, Value};

use super::differ::Differ;
use super::difference::Pointers;
use super::grammar::{Member, MemberRules, crate_rule, is_container, member};
use super::lists::keys;
use super::sides::Sides;
use crate::rules::{document, texts};
use crate::wording::Wording;

impl<'a> Differ<'a> {
    /// Compares two contracts.
    pub(crate) fn compare(old: &'a Value, new: &'a Value, wording: Wording) -> Self {
        let mut differ = Self::new(old, new, wording);
        differ.node(Role::DOCUMENT, &Pointers::root(), old, new);
        differ.note_renames();
        differ
    }

    pub(super) fn node(&mut self, role: Role, at: &Pointers, old: &'a Value, new: &'a Value) {
        if is_same(old, new) {
            return;
        }
        self.budget.enter();
        self.differing(role, at, old, new);
        self.budget.leave();
    }

    /// Compares two nodes that are not the same.
    fn differing(&mut self, role: Role, at: &Pointers, old: &'a Value, new: &'a Value) {
        let refers = [old, new].map(|node| reference::text(node).is_some());
        if let Some(kind) = role.kind().filter(|kind| kind.is_referable())
            && refers.contains(&true)
        {
            self.reference(kind, at, old, new);
            return;
        }
        let (Some(before), Some(after)) = (old.as_object(), new.as_object()) else {
            if old != new {
                self.record_value(&document::MALFORMED_CHANGED, at, Sides::Both(old, new));
            }
            return;
        };
        if role == Role::Node(Kind::Schema) {
            self.schema(at, before, after);
        }
        if let Some(kind) = role.kind()
            && self.wording == Wording::Paraphrased
        {
            self.example_figures(kind, at, before, after);
        }
        for key in keys(before, after) {
            if let Some(sides) = Sides::from_options(before.get(key), after.get(key)) {
                self.member(role, key, &at.key(key), sides);
            }
        }
    }

    fn member(&mut self, role: Role, key: &str, at: &Pointers, sides: Sides<'a>) {
        match member(role, key) {
            Member::OfSchema => {}
            Member::Node(child) => self.child(child, at, sides),
            Member::Value(rules) => self.value(&rules, role, at, sides),
            Member::Flag(rules) => self.flag(&rules, at, sides),
            Member::Text(rule) => self.text(rule, at, sides),
            Member::Example if self.wording == Wording::Paraphrased => {}
            Member::Example => self.text(&texts::EXAMPLE_CHANGED, at, sides),
            Member::Title => self.title(at, sides),
            Member::Crate => self.crate_settings(at, sides),
            Member::Servers => self.servers(at, sides),
            Member::OwnServers => self.own_servers(at, sides),
            Member::Security => self.security(role, at, sides),
            Member::Parameters => self.parameters(role, at, sides),
        }
    }

    fn child(&mut self, role: Role, at: &Pointers, sides: Sides<'a>) {
        match (sides, role) {
            (Sides::Both(old, new), _) => self.node(role, at, old, new),
            (_, Role::Node(kind)) if !is_container(role) => self.one_sided(kind, at, sides),
            _ => self.one_sided_container(role, at, sides),
        }
    }

    /// Records each member of a container that only one contract has.
    fn one_sided_container(&mut self, role: Role, at: &Pointers, sides: Sides<'a>) {
        let Some(members) = sides.latest().as_object() else {
            self.record_value(&document::MALFORMED_CHANGED, at, sides);
            return;
        };
        let start = self.differences.len();
        for (key, value) in members {
            self.member(role, key, &at.key(key), sides.with(value));
        }
        self.cover(start, at, sides);
    }

    fn value(&mut self, rules: &MemberRules, role: Role, at: &Pointers, sides: Sides<'_>) {
        let rule = match sides {
            Sides::Both(old, new) if old == new => return,
            Sides::Both(old, new) if role == Role::DOCUMENT && is_patch(old, new) => {
                &document::OPENAPI_PATCH_CHANGED
            }
            Sides::Both(..) => rules.changed,
            Sides::New(_) => rules.added,
            Sides::Old(_) => rules.removed,
        };
        self.record_value(rule, at, sides);
    }

    /// Compares the settings of the generated crate, an extension that the generator reads.
    fn crate_settings(&mut self, at: &Pointers, sides: Sides<'a>) {
        let Sides::Both(old, new) = sides else {
            let verb = if sides.in_new() { "added" } else { "removed" };
            let what = format!("{} {verb}", self.name(at, sides));
            self.record(&document::CRATE_SETTINGS_CHANGED, at, sides, what);
            return;
        };
        let (Some(before), Some(after)) = (old.as_object(), new.as_object()) else {
            if old != new {
                self.record_value(&document::MALFORMED_CHANGED, at, sides);
            }
            return;
        };
        for key in keys(before, after) {
            if let Some(sides) = Sides::differing(before, after, key) {
                self.record_value(crate_rule(key), &at.key(key), sides);
            }
        }
    }

    fn flag(&mut self, rules: &MemberRules, at: &Pointers, sides: Sides<'_>) {
        if sides.are_equal() {
            return;
        }
        let rule = match (flag(sides.old_value()), flag(sides.new_value())) {
            (Some(old), Some(new)) if old == new => &document::SPELLED_OUT,
            (Some(_), Some(true)) => rules.added,
            (Some(_), Some(false)) => rules.removed,
            _ => rules.changed,
        };
        self.record_value(rule, at, sides);
    }
}

/// Returns the value of a flag, which is false if it is absent; `None` if it is not a boolean.
pub(super) fn flag(value: Option<&Value>) -> Option<bool> {
    value.map_or(Some(false), Value::as_bool)
}

/// Whether two versions of OpenAPI differ in their patch number only.
fn is_patch(old: &Value, new: &Value) -> bool {
    let minor = |version: &Value| {
        let mut numbers = version.as_str()?.split('.');
        Some((numbers.next()?.to_owned(), numbers.next()?.to_owned()))
    };
    minor(old).is_some() && minor(old) == minor(new)
}

/// Whether two values are the same, including the order of members.
fn is_same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => is_same_object(old, new),
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(a, b)| is_same(a, b))
        }
        _ => old == new,
    }
}

fn is_same_object(old: &Map<String, Value>, new: &Map<String, Value>) -> bool {
    old.len() == new.len()
        && old
            .iter()
            .zip(new)
            .all(|(a, b)| a.0 == b.0 && is_same(a.1, b.1))
}

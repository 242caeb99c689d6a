//! Parameters, which go by place and name and not by their order. An operation has those of
//! its path as well, but for those that it states itself.

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use super::grammar::Kind;
use super::lists::align;
use super::{At, Both, Walk};
use crate::refs::resolve;
use crate::rules::{calls, document};
use crate::uses::METHODS;

/// What a parameter goes by; a node that is none goes by its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    Parameter { place: String, name: String },
    Other(String),
}

impl<'a> Walk<'a> {
    pub(super) fn parameters(&mut self, kind: Kind, at: &At, both: Both<'a>) {
        let Some([old, new]) = self.two_lists(at, both) else {
            return;
        };
        let before = self.found.len();
        let mut aligned = align(identities(self.old, old), identities(self.new, new));
        let restated = |walk: &mut Self, place: usize, one: Both<'a>| {
            let at = at.index(place, place);
            match kind {
                Kind::PathItem => walk.restated_below(&at, one),
                _ => walk.restated_above(&at, one),
            }
        };
        aligned
            .removed
            .retain(|place| !restated(self, *place, (old.get(*place), None)));
        aligned
            .added
            .retain(|place| !restated(self, *place, (None, new.get(*place))));
        let mut kept = aligned.kept.clone();
        // What is left may have been moved: the same name in another place.
        let names = |root, list: &'a [Value], places: &[usize]| -> Vec<String> {
            let identities = identities(root, list);
            let at = |place: &usize| identities.get(*place).map(name_of).unwrap_or_default();
            places.iter().map(at).collect()
        };
        let moved = align(
            names(self.old, old, &aligned.removed),
            names(self.new, new, &aligned.added),
        );
        let pick = |places: &[usize], index: usize| places.get(index).copied().unwrap_or_default();
        for (a, b) in &moved.kept {
            kept.push((pick(&aligned.removed, *a), pick(&aligned.added, *b)));
        }
        for index in moved.removed {
            let place = pick(&aligned.removed, index);
            self.parameter(&at.index(place, place), (old.get(place), None));
        }
        for index in moved.added {
            let place = pick(&aligned.added, index);
            self.parameter(&at.index(place, place), (None, new.get(place)));
        }
        for (a, b) in &kept {
            if let (Some(before), Some(after)) = (old.get(*a), new.get(*b)) {
                self.node(Kind::Parameter, &at.index(*a, *b), before, after);
            }
        }
        kept.sort_unstable();
        if !kept.is_sorted_by_key(|(_, new)| *new) {
            let what = format!("{}: another order", self.name(at, both));
            self.tell(&calls::PARAMETERS_REORDERED, at, both, what);
        }
        self.hold_one_sided(before, at, both);
    }

    /// A parameter of one operation that the other contract has for the whole path.
    fn restated_above(&mut self, at: &At, both: Both<'a>) -> bool {
        let other = || {
            let (root, pointer) = self.without(at, both.1.is_some());
            let item = pointer.parent()?.parent()?.parent()?;
            let list = item.key("parameters");
            let other = self.identity_of(both)?;
            let (node, place) = stated(root, &list, &other)?;
            Some((node, list.index(place)))
        };
        let Some(other) = other() else {
            return false;
        };
        self.restated(at, both);
        self.compare_stand_in(Kind::Parameter, at, both, other);
        true
    }

    /// A parameter of a path that each of its operations states itself in the other contract,
    /// or in both: they tell what differs.
    fn restated_below(&mut self, at: &At, both: Both<'a>) -> bool {
        let Some(identity) = self.identity_of(both) else {
            return false;
        };
        let sides = [(self.old, &at.old), (self.new, &at.new)];
        let operations = |method: &str| {
            sides.map(|(root, pointer)| {
                let item = pointer.parent()?.parent()?;
                let operation = item.key(method);
                root.pointer(operation.as_str())?;
                let list = operation.key("parameters");
                Some(stated(root, &list, &identity).is_some())
            })
        };
        let mut any = false;
        for method in METHODS {
            if let [Some(old), Some(new)] = operations(method) {
                any = true;
                if !old && !new {
                    return false;
                }
            }
        }
        if any {
            self.restated(at, both);
        }
        any
    }

    fn identity_of(&self, both: Both<'a>) -> Option<Identity> {
        let identity = match both {
            (_, Some(new)) => identity(self.new, new),
            (old, None) => identity(self.old, old?),
        };
        let is_parameter = matches!(identity, Identity::Parameter { .. });
        is_parameter.then_some(identity)
    }

    fn restated(&mut self, at: &At, both: Both<'_>) {
        let verb = match both.1 {
            Some(_) => "stated here now",
            None => "no longer stated here",
        };
        let what = format!("{}: {verb}", self.name(at, both));
        self.tell(&calls::PARAMETER_RESTATED, at, both, what);
    }

    fn parameter(&mut self, at: &At, both: Both<'a>) {
        match both.0.or(both.1) {
            Some(Value::Object(_)) => self.one_sided(Kind::Parameter, at, both),
            _ => self.tell_value(&document::MALFORMED, at, both),
        }
    }
}

fn identities(root: &Value, list: &[Value]) -> Vec<Identity> {
    list.iter().map(|node| identity(root, node)).collect()
}

/// The parameter of a list that goes by `identity`, and its place.
fn stated<'a>(root: &'a Value, list: &Pointer, identity: &Identity) -> Option<(&'a Value, usize)> {
    let list = root.pointer(list.as_str())?.as_array()?;
    let place = identities(root, list)
        .iter()
        .position(|one| one == identity)?;
    Some((list.get(place)?, place))
}

fn identity(root: &Value, node: &Value) -> Identity {
    let known = || {
        let (node, _) = resolve(root, node, &Pointer::root())?;
        Some(Identity::Parameter {
            place: node.get("in")?.as_str()?.to_owned(),
            name: node.get("name")?.as_str()?.to_owned(),
        })
    };
    known().unwrap_or_else(|| Identity::Other(node.to_string()))
}

fn name_of(identity: &Identity) -> String {
    match identity {
        Identity::Parameter { name, .. } => name.clone(),
        // Never the name of a parameter, whatever the text.
        Identity::Other(text) => format!("\n{text}"),
    }
}

//! Parameters, which are identified by location and name, and not by their order. An operation
//! inherits the parameters of its path, except those that it declares itself.

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use bigmodel_rerank_openapi::{Method, Pointer, reference};
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::lists::align;
use super::sides::Sides;
use crate::rules::{calls, document};

/// The identity of a parameter. A malformed one is identified by its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    Parameter { location: String, name: String },
    Malformed(String),
}

impl<'a> Differ<'a> {
    pub(super) fn parameters(&mut self, role: Role, at: &Pointers, sides: Sides<'a>) {
        let Some([old, new]) = self.lists(at, sides) else {
            return;
        };
        let start = self.differences.len();
        let mut aligned = align(identities(self.old, old), identities(self.new, new));
        let is_restated = |differ: &mut Self, index: usize, sides: Option<Sides<'a>>| {
            let at = at.index(index, index);
            sides.is_some_and(|sides| match role {
                Role::Node(Kind::PathItem) => differ.is_restated_below(&at, sides),
                _ => differ.is_restated_above(&at, sides),
            })
        };
        aligned
            .removed
            .retain(|index| !is_restated(self, *index, old.get(*index).map(Sides::Old)));
        aligned
            .added
            .retain(|index| !is_restated(self, *index, new.get(*index).map(Sides::New)));
        let mut kept = aligned.kept.clone();
        // Of the rest, the same name in another location is a parameter that moved.
        let names = |root, list: &'a [Value], indices: &[usize]| -> Vec<String> {
            let identities = identities(root, list);
            let name = |index: &usize| identities.get(*index).map(name_of).unwrap_or_default();
            indices.iter().map(name).collect()
        };
        let moved = align(
            names(self.old, old, &aligned.removed),
            names(self.new, new, &aligned.added),
        );
        let pick = |indices: &[usize], nth: usize| indices.get(nth).copied().unwrap_or_default();
        for (a, b) in &moved.kept {
            kept.push((pick(&aligned.removed, *a), pick(&aligned.added, *b)));
        }
        for nth in moved.removed {
            let index = pick(&aligned.removed, nth);
            if let Some(node) = old.get(index) {
                self.one_sided_parameter(&at.index(index, index), Sides::Old(node));
            }
        }
        for nth in moved.added {
            let index = pick(&aligned.added, nth);
            if let Some(node) = new.get(index) {
                self.one_sided_parameter(&at.index(index, index), Sides::New(node));
            }
        }
        for (a, b) in &kept {
            if let (Some(before), Some(after)) = (old.get(*a), new.get(*b)) {
                self.node(
                    Role::Node(Kind::Parameter),
                    &at.index(*a, *b),
                    before,
                    after,
                );
            }
        }
        kept.sort_unstable();
        if !kept.is_sorted_by_key(|(_, new)| *new) {
            let what = format!("{}: reordered", self.name(at, sides));
            self.record(&calls::PARAMETERS_REORDERED, at, sides, what);
        }
        self.cover_one_sided(start, at, sides);
    }

    /// Whether a parameter of one operation is declared for the whole path in the other contract.
    /// If so, the two are compared.
    fn is_restated_above(&mut self, at: &Pointers, sides: Sides<'a>) -> bool {
        let declaration = || {
            let (root, pointer) = self.counterpart(at, sides.in_new());
            let item = pointer.parent()?.parent()?.parent()?;
            let list = item.key("parameters");
            let identity = self.parameter_identity(sides)?;
            let (node, index) = declared(root, &list, &identity)?;
            Some((node, list.index(index)))
        };
        let Some(declaration) = declaration() else {
            return false;
        };
        self.record_restated(at, sides);
        self.compare_with_fallback(Kind::Parameter, at, sides, declaration);
        true
    }

    /// Whether each operation of the path declares this parameter of the path itself, in the other
    /// contract or in both. If so, what differs is recorded with the operations.
    fn is_restated_below(&mut self, at: &Pointers, sides: Sides<'a>) -> bool {
        let Some(identity) = self.parameter_identity(sides) else {
            return false;
        };
        let roots = [(self.old, &at.old), (self.new, &at.new)];
        let declarations = |method: &str| {
            roots.map(|(root, pointer)| {
                let item = pointer.parent()?.parent()?;
                let operation = item.key(method);
                root.pointer(operation.as_str())?;
                let list = operation.key("parameters");
                Some(declared(root, &list, &identity).is_some())
            })
        };
        let mut any = false;
        for method in Method::ALL {
            if let [Some(old), Some(new)] = declarations(method.key()) {
                any = true;
                if !old && !new {
                    return false;
                }
            }
        }
        if any {
            self.record_restated(at, sides);
        }
        any
    }

    fn parameter_identity(&self, sides: Sides<'a>) -> Option<Identity> {
        let root = if sides.in_new() { self.new } else { self.old };
        let identity = identity(root, sides.latest());
        matches!(identity, Identity::Parameter { .. }).then_some(identity)
    }

    fn record_restated(&mut self, at: &Pointers, sides: Sides<'_>) {
        let change = if sides.in_new() {
            "now declared here"
        } else {
            "no longer declared here"
        };
        let what = format!("{}: {change}", self.name(at, sides));
        self.record(&calls::PARAMETER_RESTATED, at, sides, what);
    }

    fn one_sided_parameter(&mut self, at: &Pointers, sides: Sides<'a>) {
        if sides.latest().is_object() {
            self.one_sided(Kind::Parameter, at, sides);
        } else {
            self.record_value(&document::MALFORMED_CHANGED, at, sides);
        }
    }
}

fn identities(root: &Value, list: &[Value]) -> Vec<Identity> {
    list.iter().map(|node| identity(root, node)).collect()
}

/// Returns the parameter with this identity in a list, and its index.
fn declared<'a>(
    root: &'a Value,
    list: &Pointer,
    identity: &Identity,
) -> Option<(&'a Value, usize)> {
    let list = root.pointer(list.as_str())?.as_array()?;
    let index = identities(root, list)
        .iter()
        .position(|one| one == identity)?;
    Some((list.get(index)?, index))
}

fn identity(root: &Value, node: &Value) -> Identity {
    let parameter = || {
        let (node, _) = reference::resolve(root, node, &Pointer::root())?;
        Some(Identity::Parameter {
            location: node.get("in")?.as_str()?.to_owned(),
            name: node.get("name")?.as_str()?.to_owned(),
        })
    };
    parameter().unwrap_or_else(|| Identity::Malformed(node.to_string()))
}

fn name_of(identity: &Identity) -> String {
    match identity {
        Identity::Parameter { name, .. } => name.clone(),
        // The line break keeps it apart from the names of parameters.
        Identity::Malformed(text) => format!("\n{text}"),
    }
}

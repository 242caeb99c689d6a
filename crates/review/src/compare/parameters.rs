//! Parameters, which go by place and name and not by their order.

use serde_json::Value;

use super::grammar::Kind;
use super::lists::align;
use super::{At, Both, Walk};
use crate::refs::resolve;
use crate::rules::{calls, document};

/// What a parameter goes by; a node that is none goes by its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    Parameter { place: String, name: String },
    Other(String),
}

impl<'a> Walk<'a> {
    pub(super) fn parameters(&mut self, at: &At, both: Both<'a>) {
        let Some([old, new]) = self.two_lists(at, both) else {
            return;
        };
        let before = self.found.len();
        let aligned = align(identities(self.old, old), identities(self.new, new));
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

fn identity(root: &Value, node: &Value) -> Identity {
    let known = || {
        let (node, _) = resolve(root, node, &bigmodel_rerank_codegen::Pointer::root())?;
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

//! What operations use from where nothing is compared: vendor extensions, examples, other files.

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use super::grammar::{Kind, Member, member};
use super::{At, Walk};
use crate::label::unescape;
use crate::refs::reference;
use crate::rules::document;
use crate::uses::Uses;

impl Walk<'_> {
    /// Tells what both contracts use from there and was not compared.
    pub(crate) fn outside(&mut self, old: &Uses, new: &Uses) {
        for target in old.targets.intersection(&new.targets) {
            let [before, after] = [self.old, self.new].map(|root| root.pointer(target.as_str()));
            if before == after || self.is_walked(target) {
                continue;
            }
            let at = At {
                old: target.clone(),
                new: target.clone(),
            };
            let name = self.name(&at, (before, after));
            self.unread_outside(at, format!("{name}, which references name"));
        }
        if self.found.is_empty() {
            return;
        }
        for text in old.outside.intersection(&new.outside) {
            let places = (place(self.old, text), place(self.new, text));
            if let (Some(old), Some(new)) = places {
                let what = format!("`{text}` is not in this document");
                self.unread_outside(At { old, new }, what);
            }
        }
    }

    fn unread_outside(&mut self, at: At, what: String) {
        let both = (
            self.old.pointer(at.old.as_str()),
            self.new.pointer(at.new.as_str()),
        );
        let mut found = self.difference(&document::REFERENCE_UNREAD, &at, both, what);
        found.scope = Some(self.scopes.apart(at));
        self.found.push(found);
    }

    /// Whether the walk through both contracts comes to a node by members alone.
    pub(super) fn is_walked(&self, pointer: &Pointer) -> bool {
        // Told as a whole, whoever names them.
        let group = |name: &str| Pointer::root().key("components").key(name);
        if ["links", "callbacks"]
            .iter()
            .any(|name| pointer.parent() == Some(group(name)))
        {
            return true;
        }
        let (mut kind, mut at, mut of_names) = (Kind::Document, Pointer::root(), false);
        for segment in pointer.as_str().split('/').skip(1).map(unescape) {
            let roots = [self.old, self.new];
            let mut nodes = roots.iter().filter_map(|root| root.pointer(at.as_str()));
            if !of_names && nodes.any(|node| reference(node).is_some()) {
                return false;
            }
            at = at.key(&segment);
            if of_names {
                (kind, of_names) = (Kind::Schema, false);
                continue;
            }
            match (kind, segment.as_str(), member(kind, &segment)) {
                (Kind::Schema | Kind::ComponentSchema, "properties", _) => of_names = true,
                (Kind::Schema | Kind::ComponentSchema, "additionalProperties", _) => {
                    kind = Kind::Schema;
                }
                (_, _, Member::Node(child)) => kind = child,
                _ => return false,
            }
        }
        kind.is_referable() && !of_names
    }
}

/// Where a reference stands first.
fn place(root: &Value, text: &str) -> Option<Pointer> {
    let mut open = vec![(Pointer::root(), root)];
    while let Some((at, node)) = open.pop() {
        if reference(node) == Some(text) {
            return Some(at);
        }
        match node {
            Value::Object(members) => {
                let members = members.iter().rev();
                open.extend(members.map(|(key, value)| (at.key(key), value)));
            }
            Value::Array(items) => {
                let items = items.iter().enumerate().rev();
                open.extend(items.map(|(index, item)| (at.index(index), item)));
            }
            _ => {}
        }
    }
    None
}

//! References to nodes that are not compared: in extensions, in examples, in other documents.

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::grammar::{Member, member};
use super::sides::Sides;
use crate::rules::document;
use crate::uses::Uses;

impl Differ<'_> {
    /// Records what operations of both contracts refer to and the walk did not compare.
    pub(crate) fn external_refs(&mut self, old: &Uses, new: &Uses) {
        for target in old.targets.intersection(&new.targets) {
            let [before, after] = [self.old, self.new].map(|root| root.pointer(target.as_str()));
            if before == after || self.is_walked(target) {
                continue;
            }
            if let Some(sides) = Sides::from_options(before, after) {
                let at = Pointers::same(target.clone());
                let what = format!("{}, to which references lead", self.name(&at, sides));
                self.record_unread(at, sides, what);
            }
        }
        if self.differences.is_empty() {
            return;
        }
        for text in old.external.intersection(&new.external) {
            let (old, new) = (
                first_reference(self.old, text),
                first_reference(self.new, text),
            );
            if let (Some((old, before)), Some((new, after))) = (old, new) {
                let what = format!("`{text}` is not in this document");
                self.record_unread(Pointers { old, new }, Sides::Both(before, after), what);
            }
        }
    }

    fn record_unread(&mut self, at: Pointers, sides: Sides<'_>, what: String) {
        let mut difference = self.difference(&document::REFERENCE_UNREAD, &at, sides, what);
        difference.scope = Some(self.scopes.detached(at));
        self.differences.push(difference);
    }

    /// Whether the walk reaches a node without following references.
    pub(super) fn is_walked(&self, pointer: &Pointer) -> bool {
        // The walk compares these as a whole, whatever refers to them.
        let section = |name: &str| Pointer::root().key("components").key(name);
        if ["links", "callbacks"]
            .iter()
            .any(|name| pointer.parent() == Some(section(name)))
        {
            return true;
        }
        let (mut role, mut at) = (Role::DOCUMENT, Pointer::root());
        for segment in pointer.segments() {
            let roots = [self.old, self.new];
            let mut nodes = roots.iter().filter_map(|root| root.pointer(at.as_str()));
            if role.kind().is_some() && nodes.any(|node| reference::text(node).is_some()) {
                return false;
            }
            at = at.key(&segment);
            let is_schema = role == Role::Node(Kind::Schema);
            role = match member(role, &segment) {
                Member::Node(child) => child,
                // The comparison of schemas walks these.
                _ if is_schema && ["properties", "additionalProperties"].contains(&&*segment) => {
                    role.member(&segment)
                }
                _ => return false,
            };
        }
        role.kind().is_some_and(Kind::is_referable)
    }
}

/// Returns the first reference with this text.
fn first_reference<'a>(root: &'a Value, text: &str) -> Option<(Pointer, &'a Value)> {
    let mut pending = vec![(Pointer::root(), root)];
    while let Some((at, node)) = pending.pop() {
        if reference::text(node) == Some(text) {
            return Some((at, node));
        }
        match node {
            Value::Object(members) => {
                let members = members.iter().rev();
                pending.extend(members.map(|(key, value)| (at.key(key), value)));
            }
            Value::Array(items) => {
                let items = items.iter().enumerate().rev();
                pending.extend(items.map(|(index, item)| (at.index(index), item)));
            }
            _ => {}
        }
    }
    None
}

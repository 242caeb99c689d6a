//! Possible renames: a node was removed, and an equal one was added under the same parent.

use std::collections::HashMap;

use bigmodel_rerank_openapi::Pointer;
use serde_json::Value;

use super::differ::Differ;
use crate::rules::{Rule, calls, document, members};

/// Keywords that two nodes may differ in and still count as equal.
const ANNOTATIONS: [&str; 6] = [
    "title",
    "description",
    "summary",
    "example",
    "examples",
    "operationId",
];

impl Differ<'_> {
    /// Adds a note to each removal and addition that together may be a rename.
    pub(super) fn note_renames(&mut self) {
        let mut groups: HashMap<(Pointer, &str, String), [Vec<usize>; 2]> = HashMap::new();
        for (index, difference) in self.differences.iter().enumerate() {
            let Some((what, is_added)) = addition_or_removal(difference.rule) else {
                continue;
            };
            let (root, nodes) = if is_added {
                (self.new, &difference.new)
            } else {
                (self.old, &difference.old)
            };
            let Some(pointer) = nodes.first() else {
                continue;
            };
            let (Some(parent), Some(node)) = (pointer.parent(), root.pointer(pointer.as_str()))
            else {
                continue;
            };
            let mut text = String::new();
            write(node, &mut text);
            let group = groups.entry((parent, what, text)).or_default();
            let [removals, additions] = group;
            if is_added { additions } else { removals }.push(index);
        }
        for group in groups.into_values() {
            if let [removals, additions] = &group
                && let ([removed], [added]) = (removals.as_slice(), additions.as_slice())
            {
                self.note_rename(*removed, *added);
            }
        }
    }

    fn note_rename(&mut self, removed: usize, added: usize) {
        let name = |pointer: Option<&Pointer>| pointer.map(Pointer::last);
        let from = self
            .differences
            .get(removed)
            .and_then(|difference| name(difference.old.first()));
        let to = self
            .differences
            .get(added)
            .and_then(|difference| name(difference.new.first()));
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        if let Some(difference) = self.differences.get_mut(removed) {
            let note = format!("possibly renamed to `{to}`, which is otherwise the same");
            difference.notes.push(note);
        }
        if let Some(difference) = self.differences.get_mut(added) {
            let note = format!("possibly `{from}` under a new name; it is otherwise the same");
            difference.notes.push(note);
        }
    }
}

/// Returns what a rule adds or removes, and whether it adds it.
fn addition_or_removal(rule: &'static Rule) -> Option<(&'static str, bool)> {
    let pairs: [(&str, &Rule, &Rule); 7] = [
        (
            "required member",
            &members::REQUIRED_MEMBER_OPENED,
            &members::REQUIRED_MEMBER_CLOSED,
        ),
        (
            "optional member",
            &members::OPTIONAL_MEMBER_OPENED,
            &members::OPTIONAL_MEMBER_CLOSED,
        ),
        (
            "required property",
            &members::REQUIRED_PROPERTY_ADDED,
            &members::REQUIRED_PROPERTY_REMOVED,
        ),
        (
            "optional property",
            &members::OPTIONAL_PROPERTY_ADDED,
            &members::OPTIONAL_PROPERTY_REMOVED,
        ),
        (
            "operation",
            &calls::OPERATION_ADDED,
            &calls::OPERATION_REMOVED,
        ),
        (
            "schema",
            &document::COMPONENT_SCHEMA_ADDED,
            &document::COMPONENT_SCHEMA_REMOVED,
        ),
        (
            "component",
            &document::COMPONENT_ADDED,
            &document::COMPONENT_REMOVED,
        ),
    ];
    pairs.into_iter().find_map(|(what, added, removed)| {
        if rule == added {
            Some((what, true))
        } else {
            (rule == removed).then_some((what, false))
        }
    })
}

/// Writes a node as text, without annotations and with sorted members.
fn write(node: &Value, text: &mut String) {
    match node {
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .filter(|(key, value)| {
                    !(ANNOTATIONS.contains(&key.as_str()) && is_annotation(value))
                })
                .collect();
            members.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in members {
                text.push_str(&format!("{key:?}:"));
                write(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

/// Whether the value of a keyword is an annotation. A property may be called `title` too, and then
/// the value is a schema.
fn is_annotation(value: &Value) -> bool {
    !value.is_object() || value.get("type").is_none()
}

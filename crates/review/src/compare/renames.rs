//! Something removed and something equal added beside it: perhaps a rename.

use std::collections::HashMap;

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use super::Walk;
use crate::rules::{Rule, calls, document, members};

/// Keys that say nothing about what a thing is.
const WORDS: [&str; 6] = [
    "title",
    "description",
    "summary",
    "example",
    "examples",
    "operationId",
];

impl Walk<'_> {
    /// Notes pairs of a removal and an addition that may be one change of name.
    pub(super) fn note_renames(&mut self) {
        let mut groups: HashMap<(Pointer, &str, String), [Vec<usize>; 2]> = HashMap::new();
        for (index, found) in self.found.iter().enumerate() {
            let Some((what, added)) = side(found.rule) else {
                continue;
            };
            let (root, places) = if added {
                (self.new, &found.new)
            } else {
                (self.old, &found.old)
            };
            let Some(place) = places.first() else {
                continue;
            };
            let (Some(holder), Some(node)) = (place.parent(), root.pointer(place.as_str())) else {
                continue;
            };
            let mut text = String::new();
            write(node, &mut text);
            let group = groups.entry((holder, what, text)).or_default();
            let [removals, additions] = group;
            if added { additions } else { removals }.push(index);
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
        let name = |place: Option<&Pointer>| place.map(Pointer::last);
        let from = self
            .found
            .get(removed)
            .and_then(|found| name(found.old.first()));
        let to = self
            .found
            .get(added)
            .and_then(|found| name(found.new.first()));
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        if let Some(found) = self.found.get_mut(removed) {
            let note = format!("perhaps renamed to `{to}`, which is the same otherwise");
            found.notes.push(note);
        }
        if let Some(found) = self.found.get_mut(added) {
            let note = format!("perhaps `{from}` under a new name: the rest is the same");
            found.notes.push(note);
        }
    }
}

/// What kind of thing a rule adds or removes, and which of the two.
fn side(rule: &'static Rule) -> Option<(&'static str, bool)> {
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
        ("schema", &document::SCHEMA_ADDED, &document::SCHEMA_REMOVED),
        (
            "component",
            &document::COMPONENT_ADDED,
            &document::COMPONENT_REMOVED,
        ),
    ];
    pairs.into_iter().find_map(|(what, added, removed)| {
        if std::ptr::eq(rule, added) {
            Some((what, true))
        } else {
            std::ptr::eq(rule, removed).then_some((what, false))
        }
    })
}

/// The node as text, without words and whatever the order of members.
fn write(node: &Value, text: &mut String) {
    match node {
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .filter(|(key, value)| !(WORDS.contains(&key.as_str()) && is_words(value)))
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

/// A property may be called `title`; then its value is a schema.
fn is_words(value: &Value) -> bool {
    !value.is_object() || value.get("type").is_none()
}

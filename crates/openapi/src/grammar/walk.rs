//! A walk through a document that knows what each value is.

use serde_json::Value;

use super::Role;
use crate::Pointer;

/// A value of a document, its address, and what it is.
#[derive(Clone, Debug)]
pub struct Visit<'a> {
    /// The address.
    pub pointer: Pointer,
    /// The value.
    pub value: &'a Value,
    /// What the value is.
    pub role: Role,
}

/// Visits every value of the document `root` except what is inside data and extensions, in the
/// order of the document, each before what it holds. References are visited, not followed.
pub fn nodes(root: &Value) -> impl Iterator<Item = Visit<'_>> {
    let start = Visit {
        pointer: Pointer::root(),
        value: root,
        role: Role::DOCUMENT,
    };
    below(start)
}

/// Visits a value and everything in it, as [`nodes`] does.
pub fn below(start: Visit<'_>) -> impl Iterator<Item = Visit<'_>> {
    let mut open = vec![start];
    std::iter::from_fn(move || {
        let visit = open.pop()?;
        if !visit.role.is_opaque() {
            let first = open.len();
            open.extend(children(&visit));
            if let Some(added) = open.get_mut(first..) {
                added.reverse();
            }
        }
        Some(visit)
    })
}

fn children<'a>(visit: &Visit<'a>) -> impl Iterator<Item = Visit<'a>> {
    let (role, pointer) = (visit.role, visit.pointer.clone());
    let members = visit.value.as_object().into_iter().flatten();
    let items = visit.value.as_array().into_iter().flatten().enumerate();
    let at = pointer.clone();
    members
        .map(move |(key, value)| Visit {
            pointer: at.key(key),
            value,
            role: role.member(key),
        })
        .chain(items.map(move |(index, value)| Visit {
            pointer: pointer.index(index),
            value,
            role: role.item(),
        }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Role, nodes};

    #[test]
    fn references_are_found_wherever_they_are_and_never_in_data() {
        let root = json!({
            "paths": {"/a": {"$ref": "#/one"}},
            "components": {
                "schemas": {"A": {
                    "properties": {"$ref": {"$ref": "#/two"}, "default": {"$ref": "#/three"}},
                    "default": {"$ref": "#/data"},
                    "x-note": {"$ref": "#/extension"},
                    "unknown": [{"$ref": "#/four"}],
                }},
                "examples": {"e": {"$ref": "#/five"}},
            },
        });
        let references: Vec<_> = nodes(&root)
            .filter(|visit| visit.role == Role::Reference)
            .filter_map(|visit| visit.value.as_str())
            .collect();
        assert_eq!(
            references,
            ["#/one", "#/two", "#/three", "#/four", "#/five"]
        );
    }

    #[test]
    fn values_come_in_the_order_of_the_document() {
        let root = json!({"info": {"title": "T"}, "paths": {}, "tags": [{}, {}]});
        let seen: Vec<_> = nodes(&root)
            .map(|visit| visit.pointer.to_string())
            .collect();
        assert_eq!(
            seen,
            [
                "/",
                "/info",
                "/info/title",
                "/paths",
                "/tags",
                "/tags/0",
                "/tags/1"
            ]
        );
    }
}

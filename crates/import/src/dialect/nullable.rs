//! Converts null branches: null is a flag in OpenAPI 3.0, and not a type.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::edit::allow_null;
use super::types::only_null;
use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};

/// Converts `anyOf` or `oneOf` with a null branch to a nullable schema without that branch.
pub(super) fn without_null(mut object: Map, location: &Rc<NodeLocation>, log: &mut Log) -> Map {
    for key in ["anyOf", "oneOf"] {
        let Some(choice) = object.get_mut(key) else {
            continue;
        };
        let choice_location = Rc::clone(&choice.location);
        let Data::List(list) = &mut choice.data else {
            continue;
        };
        let (nulls, branches): (Vec<_>, Vec<_>) =
            std::mem::take(list).into_iter().partition(is_null);
        list.clone_from(&branches);
        if nulls.is_empty() {
            continue;
        }
        log.note(
            &choice_location,
            "OpenAPI 3.0 has no null branches",
            "it is imported as `nullable`",
        );
        if branches.is_empty() {
            only_null(&mut object, key, location, log);
        } else {
            allow_null(&mut object, location, log);
        }
        take_annotations_of_null(&mut object, &branches, nulls, log);
        object = inline_only_branch(object, key);
    }
    object
}

/// Takes over what null branches have besides null. A default applies to the whole schema, and
/// without other branches everything does. Other annotations describe null only, which has no place
/// in OpenAPI 3.0, and are noted.
pub(crate) fn take_annotations_of_null(
    object: &mut Map,
    branches: &[Node],
    nulls: Vec<Node>,
    log: &mut Log,
) {
    let mut of_branches = HashMap::new();
    for (key, node) in branches.iter().filter_map(Node::as_map).flatten() {
        of_branches.entry(key.as_str()).or_insert(node);
    }
    for null in nulls {
        let Data::Map(map) = null.data else { continue };
        for (key, node) in map {
            if ["enum", "nullable"].contains(&key.as_str()) {
                continue;
            }
            let known = object.get(&key).or(of_branches.get(key.as_str()).copied());
            match known {
                Some(known) if known.is_same(&node) => {}
                None if key == "default" || branches.is_empty() => {
                    object.insert(key, node);
                }
                _ => log.note(
                    &node.location,
                    format!("OpenAPI 3.0 has no null branches, and so no place for their `{key}`"),
                    "it is dropped",
                ),
            }
        }
    }
}

/// Whether this converted branch allows null only.
pub(crate) fn is_null(branch: &Node) -> bool {
    let only_null = branch
        .get("enum")
        .and_then(Node::as_list)
        .is_some_and(|list| matches!(list, [one] if one.as_scalar() == Some(&Value::Null)));
    let is_nullable = branch.get("nullable").and_then(Node::as_bool) == Some(true);
    only_null && (is_nullable || branch.get("type").is_none())
}

/// Replaces a choice of one branch by that branch: its keywords are merged into the object, or
/// put into `allOf` if both have the same keyword.
fn inline_only_branch(mut object: Map, key: &str) -> Map {
    let Some(choice) = object.get(key) else {
        return object;
    };
    let Some([branch]) = choice.as_list() else {
        return object;
    };
    let Some(inner) = branch.as_map().cloned() else {
        return object;
    };
    let location = Rc::clone(&choice.location);
    let conflicts = inner.contains_key("$ref")
        || inner
            .keys()
            .any(|name| object.contains_key(name) && name != "nullable");
    if conflicts {
        let branch = Node::map(inner, &location);
        object.shift_remove(key);
        let mut parts = vec![branch];
        if let Some(Data::List(more)) = object.shift_remove("allOf").map(|node| node.data) {
            parts.extend(more);
        }
        object.shift_insert(0, "allOf".to_owned(), Node::list(parts, &location));
        return object;
    }
    let index = object.get_index_of(key).unwrap_or_default();
    object.shift_remove(key);
    for (offset, (name, node)) in inner.into_iter().enumerate() {
        if !object.contains_key(&name) {
            object.shift_insert((index + offset).min(object.len()), name, node);
        }
    }
    object
}

//! Converts types, and null, which is a flag in OpenAPI 3.0 and not a type.

use std::rc::Rc;

use serde_json::Value;

use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};

/// Converts the type or types of a schema, pseudo-types included.
pub(super) fn types(object: &mut Map, value: Node, log: &mut Log) {
    let location = Rc::clone(&value.location);
    match value.data {
        Data::Scalar(Value::String(name)) => one_type(object, &name, &location),
        Data::List(list) => several_types(object, list, &location, log),
        data => {
            let node = Node::new(data, &location);
            log.report(
                &location,
                format!("expected `type` to be a string, found {}", node.kind()),
                "use string, number, integer, boolean, array or object",
            );
        }
    }
}

fn one_type(object: &mut Map, name: &str, location: &Rc<NodeLocation>) {
    let mut set = |key: &str, value: &str| {
        if key == "type" || !object.contains_key(key) {
            object.insert(key.to_owned(), Node::scalar(value, location));
        }
    };
    let enumerated = name
        .strip_prefix("enum<")
        .and_then(|name| name.strip_suffix('>'));
    match (name, enumerated) {
        (_, Some("any")) | ("any", _) => {}
        (_, Some(name)) => set("type", name),
        ("file", _) => {
            set("type", "string");
            set("format", "binary");
        }
        ("null", _) => null(object, location),
        (name, _) => set("type", name),
    }
}

/// Sets the keywords of a schema that allows null only.
fn null(object: &mut Map, location: &Rc<NodeLocation>) {
    let nothing = Node::scalar(Value::Null, location);
    object.insert("nullable".to_owned(), Node::scalar(true, location));
    object.insert("enum".to_owned(), Node::list(vec![nothing], location));
}

fn several_types(object: &mut Map, list: Vec<Node>, location: &Rc<NodeLocation>, log: &mut Log) {
    let all = list.len();
    let named: Vec<Node> = list
        .into_iter()
        .filter(|node| node.as_str() != Some("null"))
        .collect();
    let with_null = named.len() < all;
    log.note(
        location,
        "OpenAPI 3.0 has no lists of types",
        "it is imported as `type`, or `anyOf` of the types, and `nullable` for null",
    );
    match named.as_slice() {
        [] => null(object, location),
        [one] => match one.as_str() {
            Some(name) => one_type(object, name, location),
            None => log.report(
                &one.location,
                format!("expected a type to be a string, found {}", one.kind()),
                "write the name of a type",
            ),
        },
        _ => {
            let branches = named
                .into_iter()
                .map(|node| Node::object("type", node))
                .collect();
            object.insert("anyOf".to_owned(), Node::list(branches, location));
        }
    }
    if with_null {
        object.insert("nullable".to_owned(), Node::scalar(true, location));
    }
}

/// Converts `anyOf` or `oneOf` with a null branch to a nullable schema without that branch.
pub(super) fn without_null(mut object: Map, location: &Rc<NodeLocation>, log: &mut Log) -> Map {
    for key in ["anyOf", "oneOf"] {
        let Some(Data::List(list)) = object.get_mut(key).map(|node| &mut node.data) else {
            continue;
        };
        let all = list.len();
        list.retain(|branch| !is_null(branch));
        if list.len() == all || list.is_empty() {
            continue;
        }
        object.insert("nullable".to_owned(), Node::scalar(true, location));
        object = inline_only_branch(object, key, log);
    }
    object
}

/// Whether this converted branch allows null only.
pub(crate) fn is_null(branch: &Node) -> bool {
    let only_null = branch
        .get("enum")
        .and_then(Node::as_list)
        .is_some_and(|list| matches!(list, [one] if one.as_scalar() == Some(&Value::Null)));
    only_null && branch.get("nullable").and_then(Node::as_bool) == Some(true)
}

/// Replaces a choice of one branch by that branch: its keywords are merged into the object, or
/// put into `allOf` if both have the same keyword.
fn inline_only_branch(mut object: Map, key: &str, log: &mut Log) -> Map {
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
    log.note(
        &location,
        "OpenAPI 3.0 has no null branches",
        "it is imported as `nullable`",
    );
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

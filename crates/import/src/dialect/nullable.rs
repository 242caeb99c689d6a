//! The type of a schema, and null, which is no type in OpenAPI 3.0 but a flag.

use std::rc::Rc;

use serde_json::Value;

use crate::log::Log;
use crate::node::{Data, Map, Node, Place};

/// The type or types of a schema, pseudo-types included.
pub(super) fn types(object: &mut Map, value: Node, log: &mut Log) {
    let place = Rc::clone(&value.place);
    match value.data {
        Data::Scalar(Value::String(name)) => one_type(object, &name, &place),
        Data::List(list) => several_types(object, list, &place, log),
        data => {
            let node = Node::new(data, &place);
            log.refuse(
                &place,
                format!("`type` is {}, not a string", node.kind()),
                "write one of string, number, integer, boolean, array and object",
            );
        }
    }
}

fn one_type(object: &mut Map, name: &str, place: &Rc<Place>) {
    let mut set = |key: &str, value: &str| {
        if key == "type" || !object.contains_key(key) {
            object.insert(key.to_owned(), Node::scalar(value, place));
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
        ("null", _) => null(object, place),
        (name, _) => set("type", name),
    }
}

/// A schema that null alone fits.
fn null(object: &mut Map, place: &Rc<Place>) {
    let nothing = Node::scalar(Value::Null, place);
    object.insert("nullable".to_owned(), Node::scalar(true, place));
    object.insert("enum".to_owned(), Node::list(vec![nothing], place));
}

fn several_types(object: &mut Map, list: Vec<Node>, place: &Rc<Place>, log: &mut Log) {
    let all = list.len();
    let named: Vec<Node> = list
        .into_iter()
        .filter(|node| node.as_str() != Some("null"))
        .collect();
    let with_null = named.len() < all;
    log.note(
        place,
        "a list of types is not in OpenAPI 3.0",
        "it became `type`, or `anyOf` of the types, and `nullable` for null",
    );
    match named.as_slice() {
        [] => null(object, place),
        [one] => match one.as_str() {
            Some(name) => one_type(object, name, place),
            None => log.refuse(
                &one.place,
                format!("a type is {}, not a string", one.kind()),
                "write the names of types",
            ),
        },
        _ => {
            let branches = named
                .into_iter()
                .map(|node| Node::object("type", node))
                .collect();
            object.insert("anyOf".to_owned(), Node::list(branches, place));
        }
    }
    if with_null {
        object.insert("nullable".to_owned(), Node::scalar(true, place));
    }
}

/// `anyOf` or `oneOf` with a branch for null, as a nullable schema without that branch.
pub(super) fn without_null(mut object: Map, place: &Rc<Place>, log: &mut Log) -> Map {
    for key in ["anyOf", "oneOf"] {
        let Some(Data::List(list)) = object.get_mut(key).map(|node| &mut node.data) else {
            continue;
        };
        let all = list.len();
        list.retain(|branch| !is_null(branch));
        if list.len() == all || list.is_empty() {
            continue;
        }
        object.insert("nullable".to_owned(), Node::scalar(true, place));
        object = with_only_branch(object, key, log);
    }
    object
}

/// Whether only null fits this branch, which was put into the words of OpenAPI 3.0 already.
pub(crate) fn is_null(branch: &Node) -> bool {
    let only_null = branch
        .get("enum")
        .and_then(Node::as_list)
        .is_some_and(|list| matches!(list, [one] if one.as_scalar() == Some(&Value::Null)));
    only_null && branch.get("nullable").and_then(Node::as_bool) == Some(true)
}

/// A choice of one branch is that branch: written into the object where no keyword of both
/// says different things, and else beside it.
fn with_only_branch(mut object: Map, key: &str, log: &mut Log) -> Map {
    let Some(choice) = object.get(key) else {
        return object;
    };
    let Some([branch]) = choice.as_list() else {
        return object;
    };
    let Some(inner) = branch.as_map().cloned() else {
        return object;
    };
    let place = Rc::clone(&choice.place);
    log.note(
        &place,
        "null as a branch is not in OpenAPI 3.0",
        "it became `nullable`",
    );
    let clashes = inner.contains_key("$ref")
        || inner
            .keys()
            .any(|name| object.contains_key(name) && name != "nullable");
    if clashes {
        let branch = Node::map(inner, &place);
        object.shift_remove(key);
        let mut parts = vec![branch];
        if let Some(Data::List(more)) = object.shift_remove("allOf").map(|node| node.data) {
            parts.extend(more);
        }
        object.shift_insert(0, "allOf".to_owned(), Node::list(parts, &place));
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

//! Converts the type or types of a schema, pseudo-types included.

use std::rc::Rc;

use serde_json::Value;

use super::edit::{add_part, allow_null, replace, restrict};
use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};

/// Converts `type`.
pub(super) fn types(object: &mut Map, log: &mut Log) {
    let Some(node) = object.get("type") else {
        return;
    };
    let location = Rc::clone(&node.location);
    match &node.data {
        Data::Scalar(Value::String(name)) => {
            let name = name.clone();
            one_type(object, &name, &location, log);
        }
        Data::List(list) => {
            let list = list.clone();
            several_types(object, list, &location, log);
        }
        _ => log.report(
            &location,
            format!("expected `type` to be a string, found {}", node.kind()),
            "use string, number, integer, boolean, array or object",
        ),
    }
}

fn one_type(object: &mut Map, name: &str, location: &Rc<NodeLocation>, log: &mut Log) {
    let text = |text: &str| Node::scalar(text, location);
    let enumerated = name
        .strip_prefix("enum<")
        .and_then(|name| name.strip_suffix('>'));
    match (name, enumerated) {
        (_, Some("any")) | ("any", _) => replace(object, "type", Vec::new()),
        (_, Some(name)) => replace(object, "type", vec![("type", text(name))]),
        ("file", _) => {
            let mut keywords = vec![("type", text("string"))];
            if !object.contains_key("format") {
                keywords.push(("format", text("binary")));
            }
            replace(object, "type", keywords);
        }
        ("null", _) => only_null(object, "type", location, log),
        (name, _) => replace(object, "type", vec![("type", text(name))]),
    }
}

/// Replaces a keyword by those of a schema that allows null only.
pub(super) fn only_null(object: &mut Map, key: &str, location: &Rc<NodeLocation>, log: &mut Log) {
    replace(object, key, Vec::new());
    allow_null(object, location, log);
    let null = Node::scalar(Value::Null, location);
    restrict(object, vec![null], location, log);
}

fn several_types(object: &mut Map, list: Vec<Node>, location: &Rc<NodeLocation>, log: &mut Log) {
    if list.is_empty() {
        log.note(
            location,
            "an empty list of types says nothing",
            "it is imported as a schema without `type`",
        );
        replace(object, "type", Vec::new());
        return;
    }
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
        [] => only_null(object, "type", location, log),
        [one] => match one.as_str() {
            Some(name) => one_type(object, name, location, log),
            None => log.report(
                &one.location,
                format!("expected a type to be a string, found {}", one.kind()),
                "write the name of a type",
            ),
        },
        _ => any_of(object, named, location),
    }
    if with_null {
        allow_null(object, location, log);
    }
}

/// Replaces `type` by a choice of types.
fn any_of(object: &mut Map, named: Vec<Node>, location: &Rc<NodeLocation>) {
    let branches = named.into_iter().map(|node| Node::object("type", node));
    let branches = Node::list(branches.collect(), location);
    if object.contains_key("anyOf") {
        replace(object, "type", Vec::new());
        add_part(object, Node::object("anyOf", branches), location);
    } else {
        replace(object, "type", vec![("anyOf", branches)]);
    }
}

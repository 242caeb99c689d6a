//! Converts a schema to OpenAPI 3.0: the pseudo-types of the exporter, and the keywords of newer
//! versions. A keyword without a counterpart in OpenAPI 3.0 stays unchanged, with a note.
//!
//! First come the schemas in it, keyword by keyword. The conversions of its own keywords follow in
//! a fixed order, so that the order of the keywords does not matter.

use std::rc::Rc;

use bigmodel_rerank_openapi::grammar::{self, Kind, Version};
use bigmodel_rerank_openapi::reference;
use serde_json::Value;

use super::newer_keywords;
use super::nullable::without_null;
use super::types::types;
use crate::exporter_keys::{is_exporter_key, note_dropped};
use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};

/// Converts a schema and all schemas in it.
pub(crate) fn schema(node: Node, log: &mut Log) -> Node {
    let Node {
        data,
        location,
        component_name,
    } = node;
    let map = match data {
        Data::Map(map) => map,
        Data::Scalar(Value::Bool(allowed)) => return boolean(allowed, &location),
        data @ (Data::Scalar(_) | Data::List(_)) => {
            let node = Node::new(data, &location);
            log.report(
                &location,
                format!("expected a schema object, found {}", node.kind()),
                "write an object with keywords such as `type`",
            );
            return node;
        }
    };
    let mut object = Map::new();
    for (key, value) in map {
        keyword(&mut object, key, value, log);
    }
    types(&mut object, log);
    newer_keywords::convert(&mut object, log);
    let object = without_null(object, &location, log);
    Node {
        data: Data::Map(move_reference(object, log)),
        location,
        component_name,
    }
}

/// Converts a boolean schema: `true` allows any value, and `false` none.
fn boolean(allowed: bool, location: &Rc<NodeLocation>) -> Node {
    let anything = Node::map(Map::new(), location);
    if allowed {
        anything
    } else {
        Node::object("not", anything)
    }
}

fn keyword(object: &mut Map, key: String, value: Node, log: &mut Log) {
    match key.as_str() {
        "items" | "not" => {
            object.insert(key, schema(value, log));
        }
        "additionalProperties" if value.as_bool().is_none() => {
            object.insert(key, schema(value, log));
        }
        "allOf" | "oneOf" | "anyOf" if value.as_list().is_some() => {
            object.insert(key, each(value, log));
        }
        "properties" if value.as_map().is_some() => {
            object.insert(key, each(value, log));
        }
        // These are converted when the whole schema is known.
        "const" | "contentEncoding" | "contentMediaType" => {
            object.insert(key, value);
        }
        "examples" if value.as_list().is_some() => {
            object.insert(key, value);
        }
        _ if is_exporter_key(&key) => note_dropped(&key, &value, log),
        _ => {
            if !is_known(&key) {
                log.note(
                    &value.location,
                    format!("`{key}` is not an OpenAPI 3.0 keyword"),
                    "it is kept as published; if it is a mistake, remove it with an overlay action",
                );
            }
            object.insert(key, value);
        }
    }
}

/// Whether OpenAPI 3.0 has this keyword.
fn is_known(key: &str) -> bool {
    let keyword = grammar::keyword(Kind::Schema, key);
    let is_keyword = keyword.is_some_and(|keyword| keyword.since == Version::V3_0);
    is_keyword || key == reference::KEYWORD || grammar::is_extension(key)
}

/// Converts each schema in a list or an object.
fn each(node: Node, log: &mut Log) -> Node {
    let data = match node.data {
        Data::List(list) => Data::List(list.into_iter().map(|node| schema(node, log)).collect()),
        Data::Map(map) => Data::Map(
            map.into_iter()
                .map(|(key, node)| (key, schema(node, log)))
                .collect(),
        ),
        scalar @ Data::Scalar(_) => scalar,
    };
    Node { data, ..node }
}

/// Moves a `$ref` that has siblings into `allOf`: OpenAPI 3.0 ignores siblings of `$ref`.
fn move_reference(mut object: Map, log: &mut Log) -> Map {
    if object.len() < 2 {
        return object;
    }
    let Some(target) = object.shift_remove("$ref") else {
        return object;
    };
    let location = Rc::clone(&target.location);
    log.note(
        &location,
        "OpenAPI 3.0 ignores siblings of `$ref`",
        "the `$ref` is moved into `allOf`, so that they apply",
    );
    let mut parts = vec![Node::object("$ref", target)];
    if let Some(Data::List(more)) = object.shift_remove("allOf").map(|node| node.data) {
        parts.extend(more);
    }
    object.shift_insert(0, "allOf".to_owned(), Node::list(parts, &location));
    object
}

//! A schema as OpenAPI 3.0 writes it: the exporter's pseudo-types and what newer versions of
//! OpenAPI say otherwise are put into its words. Keywords that it has no word for stay as
//! they are, and are told about.

mod nullable;

use std::rc::Rc;

use serde_json::Value;

use crate::log::Log;
use crate::node::{Data, Map, Node, Place};
pub(crate) use nullable::is_null;
use nullable::{types, without_null};

/// Keywords of OpenAPI 3.0 that hold no schemas.
const KNOWN: [&str; 28] = [
    "$ref",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "externalDocs",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "pattern",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
    "exclusiveMaximum",
];

/// A schema, and all schemas in it, in the words of OpenAPI 3.0.
pub(crate) fn schema(node: Node, log: &mut Log) -> Node {
    let Node { data, place, claim } = node;
    let map = match data {
        Data::Map(map) => map,
        Data::Scalar(Value::Bool(allowed)) => return boolean(allowed, &place),
        data @ (Data::Scalar(_) | Data::List(_)) => {
            let node = Node::new(data, &place);
            log.refuse(
                &place,
                format!("a schema is {}, not an object", node.kind()),
                "write a schema: an object with keywords such as `type`",
            );
            return node;
        }
    };
    let mut object = Map::new();
    for (key, value) in map {
        keyword(&mut object, key, value, log);
    }
    let object = without_null(object, &place, log);
    Node {
        data: Data::Map(reference(object, log)),
        place,
        claim,
    }
}

/// `true` allows everything and `false` nothing.
fn boolean(allowed: bool, place: &Rc<Place>) -> Node {
    let anything = Node::map(Map::new(), place);
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
        "type" => types(object, value, log),
        "const" => {
            let place = Rc::clone(&value.place);
            log.note(
                &place,
                "`const` is not in OpenAPI 3.0",
                "it became an `enum` of one value",
            );
            object.insert("enum".to_owned(), Node::list(vec![value], &place));
        }
        "examples" if value.as_list().is_some() => examples(object, value, log),
        "exclusiveMinimum" => bound(object, "minimum", key, value, log),
        "exclusiveMaximum" => bound(object, "maximum", key, value, log),
        "contentEncoding" | "contentMediaType" => content(object, key, value, log),
        _ => {
            if !KNOWN.contains(&key.as_str()) && !key.starts_with("x-") && !is_known(&key) {
                log.note(
                    &value.place,
                    format!("`{key}` is no keyword of OpenAPI 3.0"),
                    "it is kept as published; remove it with an overlay action if it is a slip",
                );
            }
            object.insert(key, value);
        }
    }
}

/// Those that hold schemas, here with something else in them: that is left to the reader of
/// the document.
fn is_known(key: &str) -> bool {
    matches!(
        key,
        "additionalProperties" | "allOf" | "oneOf" | "anyOf" | "properties"
    )
}

/// Each schema in a list or under a name.
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

/// OpenAPI 3.0 has one example.
fn examples(object: &mut Map, value: Node, log: &mut Log) {
    let place = Rc::clone(&value.place);
    let Data::List(list) = value.data else { return };
    let more = list.len().saturating_sub(1);
    if more > 0 {
        log.note(
            &place,
            "a schema of OpenAPI 3.0 has one example, and here are several",
            &format!("the first is kept; {more} more dropped"),
        );
    }
    if let Some(first) = list.into_iter().next()
        && !object.contains_key("example")
    {
        object.insert("example".to_owned(), first);
    }
}

/// An exclusive bound that is a number is, in OpenAPI 3.0, a bound and a flag.
fn bound(object: &mut Map, inclusive: &str, key: String, value: Node, log: &mut Log) {
    if value.as_scalar().is_none_or(|value| !value.is_number()) {
        object.insert(key, value);
        return;
    }
    let place = Rc::clone(&value.place);
    log.note(
        &place,
        format!("`{key}` as a number is not in OpenAPI 3.0"),
        &format!("it became `{inclusive}` and `{key}: true`"),
    );
    object.insert(inclusive.to_owned(), value);
    object.insert(key, Node::scalar(true, &place));
}

/// What a string carries, if OpenAPI 3.0 has a format for it.
fn content(object: &mut Map, key: String, value: Node, log: &mut Log) {
    let format = match (key.as_str(), value.as_str()) {
        ("contentEncoding", Some("base64")) => "byte",
        ("contentMediaType", Some(_)) => "binary",
        _ => {
            log.note(
                &value.place,
                format!("`{key}` is no keyword of OpenAPI 3.0"),
                "it is kept as published; remove it with an overlay action",
            );
            object.insert(key, value);
            return;
        }
    };
    log.note(
        &value.place,
        format!("`{key}` is not in OpenAPI 3.0"),
        &format!("it is dropped; the format is `{format}`"),
    );
    if !object.contains_key("format") {
        let format = Node::scalar(format, &value.place);
        object.insert("format".to_owned(), format);
    }
}

/// OpenAPI 3.0 ignores what stands beside `$ref`; in `allOf` the two stand together.
fn reference(mut object: Map, log: &mut Log) -> Map {
    if object.len() < 2 {
        return object;
    }
    let Some(target) = object.shift_remove("$ref") else {
        return object;
    };
    let place = Rc::clone(&target.place);
    log.note(
        &place,
        "OpenAPI 3.0 ignores what stands beside `$ref`",
        "the `$ref` now stands in `allOf`, and counts with the rest",
    );
    let mut parts = vec![Node::object("$ref", target)];
    if let Some(Data::List(more)) = object.shift_remove("allOf").map(|node| node.data) {
        parts.extend(more);
    }
    object.shift_insert(0, "allOf".to_owned(), Node::list(parts, &place));
    object
}

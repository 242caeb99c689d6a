//! The plain form: the fence holds an OpenAPI document with the operation of the page.

use std::rc::Rc;

use serde_json::Value;

use crate::dialect;
use crate::document::VERSION;
use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node};
use crate::operation::{Around, Operation, sections};
use crate::page::is_method;

/// The operations of a document.
pub(crate) fn operations(root: Node, log: &mut Log) -> Vec<Operation> {
    let Some(mut members) = Members::of(root, "the document", log) else {
        return Vec::new();
    };
    let place = Rc::clone(&members.place);
    let Some(version) = version(&mut members, log) else {
        return Vec::new();
    };
    refuse_webhooks(members.take("webhooks"), log);
    if let Some(dialect) = members.take("jsonSchemaDialect") {
        log.note(
            &dialect.place,
            "OpenAPI 3.0 has no `jsonSchemaDialect`",
            "it is dropped",
        );
    }
    let servers = members.take("servers").filter(|node| !node.is_empty());
    let security = members.take("security");
    let mut components = members
        .take("components")
        .map_or_else(Map::new, |node| sections(node, log));
    let Some(paths) = members.take("paths") else {
        log.refuse(
            &place,
            "the document has no `paths`",
            "fetch the page of an operation",
        );
        return Vec::new();
    };
    let Some(paths) = Members::of(paths, "`paths`", log) else {
        return Vec::new();
    };
    let mut document = members.rest();
    document.insert("openapi".to_owned(), version);
    let around = Rc::new(Around {
        servers,
        security,
        document,
    });
    let mut all = Vec::new();
    for (path, node) in paths.rest() {
        all.extend(of_path(&path, node, &around, log));
    }
    // All operations of a page share one set of components.
    if let Some(first) = all.first_mut() {
        first.components = std::mem::take(&mut components);
    }
    if all.is_empty() && log.problems.is_empty() {
        log.refuse(
            &place,
            "the document has no operation",
            "fetch the page of an operation",
        );
    }
    all
}

/// The version as which the document is imported, if documents of its own can be read.
fn version(members: &mut Members, log: &mut Log) -> Option<Node> {
    let version = members
        .take("openapi")
        .or_else(|| members.take("swagger"))?;
    let text = match version.as_scalar() {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    if text.starts_with("3.1") || text.starts_with("3.2") {
        log.note(
            &version.place,
            format!("the page's document is OpenAPI {text}"),
            &format!("it is imported as OpenAPI {VERSION}"),
        );
        return Some(Node::scalar(VERSION, &version.place));
    }
    if !text.starts_with("3.0.") {
        log.refuse(
            &version.place,
            format!("the page's document is of version `{text}`"),
            "convert it to OpenAPI 3.0 first",
        );
        return None;
    }
    Some(version)
}

fn refuse_webhooks(node: Option<Node>, log: &mut Log) {
    if let Some(node) = node.filter(|node| !node.is_empty()) {
        log.refuse(
            &node.place,
            "OpenAPI 3.0 has no place for webhooks",
            "leave them out of the page",
        );
    }
}

/// The operations of a path, each with what the path says for all of them.
fn of_path(path: &str, node: Node, around: &Rc<Around>, log: &mut Log) -> Vec<Operation> {
    let Some(members) = Members::of(node, "a path", log) else {
        return Vec::new();
    };
    let (methods, item): (Map, Map) = members
        .rest()
        .into_iter()
        .partition(|(key, _)| is_method(key));
    let item: Map = item
        .into_iter()
        .map(|(key, node)| {
            let node = if key.starts_with("x-") {
                node
            } else {
                with_schemas(node, log)
            };
            (key, node)
        })
        .collect();
    let mut all = Vec::new();
    for (method, node) in methods {
        if node.as_map().is_none() {
            log.refuse(
                &node.place,
                format!("the operation is {}, not an object", node.kind()),
                "write an operation",
            );
            continue;
        }
        all.push(Operation {
            path: path.to_owned(),
            method,
            place: Rc::clone(&node.place),
            node: with_schemas(node, log),
            item: item.clone(),
            components: Map::new(),
            around: Rc::clone(around),
        });
    }
    all
}

/// A part of a document with its schemas in the words of OpenAPI 3.0. What holds data, not
/// OpenAPI, is left alone.
pub(crate) fn with_schemas(node: Node, log: &mut Log) -> Node {
    let Node { data, place, claim } = node;
    let data = match data {
        Data::Map(map) => Data::Map(
            map.into_iter()
                .map(|(key, node)| {
                    let node = member_with_schemas(&key, node, log);
                    (key, node)
                })
                .collect(),
        ),
        Data::List(list) => Data::List(
            list.into_iter()
                .map(|node| with_schemas(node, log))
                .collect(),
        ),
        scalar @ Data::Scalar(_) => scalar,
    };
    Node { data, place, claim }
}

fn member_with_schemas(key: &str, node: Node, log: &mut Log) -> Node {
    match key {
        "schema" => dialect::schema(node, log),
        "example" | "examples" => node,
        key if key.starts_with("x-") => node,
        // Their members have names, which may look like keywords.
        "headers" | "content" | "responses" | "callbacks" if node.as_map().is_some() => {
            each(node, log)
        }
        _ => with_schemas(node, log),
    }
}

fn each(node: Node, log: &mut Log) -> Node {
    let Node { data, place, claim } = node;
    let data = match data {
        Data::Map(map) => Data::Map(
            map.into_iter()
                .map(|(name, node)| (name, with_schemas(node, log)))
                .collect(),
        ),
        other => other,
    };
    Node { data, place, claim }
}

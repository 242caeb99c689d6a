//! The plain form: the fence holds an OpenAPI document with the operations of the page.

use std::rc::Rc;

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use serde_json::Value;

use crate::dialect::{OPENAPI_VERSION, convert_members, convert_part, sections};
use crate::log::Log;
use crate::members::Members;
use crate::node::{Map, Node};
use crate::operation::{Inherited, Operation, is_method};
use crate::page::servers::servers;

/// Returns the operations of a document.
pub(crate) fn operations(root: Node, log: &mut Log) -> Vec<Operation> {
    let Some(mut members) = Members::new(root, "the document", log) else {
        return Vec::new();
    };
    let location = Rc::clone(&members.location);
    let Some(version) = version(&mut members, log) else {
        return Vec::new();
    };
    report_webhooks(members.take("webhooks"), log);
    if let Some(dialect) = members.take("jsonSchemaDialect") {
        log.note(
            &dialect.location,
            "OpenAPI 3.0 has no `jsonSchemaDialect`",
            "it is dropped",
        );
    }
    let servers = servers(members.take("servers"), log);
    let servers = servers.map(|node| convert_part(node, Role::DOCUMENT.member("servers"), log));
    let security = members.take("security");
    let mut components = members
        .take("components")
        .map_or_else(Map::new, |node| sections(node, log));
    let Some(paths) = members.take("paths") else {
        log.report(
            &location,
            "missing `paths` of the document",
            "fetch the page of an operation",
        );
        return Vec::new();
    };
    let Some(paths) = Members::new(paths, "`paths`", log) else {
        return Vec::new();
    };
    let mut document = convert_members(members.rest(), Role::DOCUMENT, log);
    document.insert("openapi".to_owned(), version);
    let inherited = Rc::new(Inherited {
        servers,
        security,
        document,
    });
    let mut all = Vec::new();
    for (path, node) in paths.rest() {
        all.extend(operations_of_path(&path, node, &inherited, log));
    }
    // All operations of a page share one set of components.
    if let Some(first) = all.first_mut() {
        first.components = std::mem::take(&mut components);
    }
    if all.is_empty() && log.problems.is_empty() {
        log.report(
            &location,
            "the document has no operation",
            "fetch the page of an operation",
        );
    }
    all
}

/// Returns the version that the document is imported as; reports one that cannot be imported.
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
            &version.location,
            format!("the document is OpenAPI {text}"),
            &format!("it is imported as OpenAPI {OPENAPI_VERSION}"),
        );
        return Some(Node::scalar(OPENAPI_VERSION, &version.location));
    }
    if !text.starts_with("3.0.") {
        log.report(
            &version.location,
            format!("unsupported OpenAPI version `{text}`"),
            "convert the document to OpenAPI 3.0 first",
        );
        return None;
    }
    Some(version)
}

fn report_webhooks(node: Option<Node>, log: &mut Log) {
    let Some(node) = node else { return };
    if node.is_empty() {
        log.note(
            &node.location,
            "OpenAPI 3.0 has no `webhooks`",
            "they are empty, so they are dropped",
        );
    } else {
        log.report(
            &node.location,
            "OpenAPI 3.0 has no webhooks",
            "remove them from the page",
        );
    }
}

/// Returns the operations of a path, each with the members of the path item that apply to all.
fn operations_of_path(
    path: &str,
    node: Node,
    inherited: &Rc<Inherited>,
    log: &mut Log,
) -> Vec<Operation> {
    let Some(members) = Members::new(node, "a path", log) else {
        return Vec::new();
    };
    let (methods, path_item): (Map, Map) = members
        .rest()
        .into_iter()
        .partition(|(key, _)| is_method(key));
    let path_item = convert_members(path_item, Role::Node(Kind::PathItem), log);
    let mut all = Vec::new();
    for (method, node) in methods {
        if node.as_map().is_none() {
            log.report(
                &node.location,
                format!("expected an operation object, found {}", node.kind()),
                "write an operation",
            );
            continue;
        }
        all.push(Operation {
            path: path.to_owned(),
            method,
            location: Rc::clone(&node.location),
            node: convert_part(node, Role::Node(Kind::Operation), log),
            path_item: path_item.clone(),
            components: Map::new(),
            inherited: Rc::clone(inherited),
        });
    }
    all
}

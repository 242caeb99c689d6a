//! Reconstructs the operation of a page.

use std::rc::Rc;

use super::content::{request_body, responses};
use super::parameters::{note_undescribed, parameters};
use super::security::{Security, security};
use super::synthetic_example::SyntheticExamples;
use crate::dialect::sections;
use crate::log::Log;
use crate::markdown::Fence;
use crate::members::Members;
use crate::node::{Map, Node, NodeLocation};
use crate::operation::{Inherited, Operation, is_method};
use crate::page::servers::servers;

/// Returns the operation that a fence holds.
pub(crate) fn operation(fence: &Fence<'_>, root: Node, log: &mut Log) -> Option<Operation> {
    let mut members = Members::new(root, "the document", log)?;
    let location = Rc::clone(&members.location);
    let components = members.take("components");
    let Some(paths) = members.take("paths") else {
        log.report(
            &location,
            "expected an OpenAPI document or an operation in this fence",
            "add `openapi` or `paths` at its top, or remove the operation from its info string",
        );
        return None;
    };
    members.finish(log);
    let components = components.map_or_else(Map::new, |node| sections(node, log));
    reconstruct(fence, paths, components, log)
}

fn reconstruct(
    fence: &Fence<'_>,
    paths: Node,
    mut components: Map,
    log: &mut Log,
) -> Option<Operation> {
    let mut members = Members::new(paths, "`paths`", log)?;
    let location = Rc::clone(&members.location);
    let path = members.take_text("path", log);
    let method = members.take_text("method", log);
    let kind = members.take_text("type", log);
    let servers = servers(members.take("servers"), log);
    let request = members.take("request");
    let response = members.take("response");
    let deprecated = members.take_bool("deprecated", log);
    let extensions = members.take_extensions(log);
    members.finish(log);

    report_webhook(kind.as_ref(), log);
    let none = Map::new();
    let schemas = components.get("schemas").and_then(Node::as_map);
    let synthetic = SyntheticExamples::new(schemas.unwrap_or(&none));
    let request = request.map_or_else(Request::default, |node| {
        Request::read(node, &synthetic, log)
    });
    let responses = response.and_then(|node| responses(node, &synthetic, log));
    let (path, method) = path_and_method(path.as_ref(), method.as_ref(), &location, log)?;
    note_undescribed(&path, request.parameters.as_ref(), &location, log);

    let text = |text: &Option<Rc<str>>| text.as_ref().map(|text| Node::scalar(&**text, &location));
    let empty = || Node::map(Map::new(), &location);
    let deprecated = deprecated.filter(|node| node.as_bool() == Some(true));
    let members = [
        ("summary", text(&fence.title)),
        ("description", text(&fence.description)),
        ("deprecated", deprecated),
        ("parameters", request.parameters),
        ("requestBody", request.body),
        ("responses", Some(responses.unwrap_or_else(empty))),
    ];
    let members = members.into_iter();
    let mut map: Map = members
        .filter_map(|(key, node)| Some((key.to_owned(), node?)))
        .collect();
    map.extend(extensions);
    let security = request.security.map(|security| {
        let schemes = Node::map(security.schemes, &security.requirements.location);
        if !schemes.is_empty() {
            components.insert("securitySchemes".to_owned(), schemes);
        }
        security.requirements
    });
    // The exporter writes an empty list for an operation without security.
    let security = security.filter(|node| !node.is_empty());
    Some(Operation {
        path,
        method,
        node: Node::map(map, &location),
        path_item: Map::new(),
        components,
        inherited: Rc::new(Inherited {
            servers,
            security,
            document: Map::new(),
        }),
        location,
    })
}

/// The parts of a request.
#[derive(Default)]
struct Request {
    security: Option<Security>,
    parameters: Option<Node>,
    body: Option<Node>,
}

impl Request {
    fn read(node: Node, synthetic: &SyntheticExamples<'_>, log: &mut Log) -> Self {
        let Some(mut members) = Members::new(node, "`request`", log) else {
            return Self::default();
        };
        let security_node = members.take("security");
        let parameters_node = members.take("parameters");
        let body = members.take("body");
        note_code_samples(members.take("codeSamples"), log);
        members.finish(log);
        Self {
            security: security_node.and_then(|node| security(node, log)),
            parameters: parameters_node.and_then(|node| parameters(node, log)),
            body: body.and_then(|node| request_body(node, synthetic, log)),
        }
    }
}

/// Returns the path, and the method in lower case.
fn path_and_method(
    path: Option<&Node>,
    method: Option<&Node>,
    location: &NodeLocation,
    log: &mut Log,
) -> Option<(String, String)> {
    let (Some(path), Some(method)) = (path, method) else {
        log.report(
            location,
            "missing `path` or `method` of the operation",
            "add both, as strings",
        );
        return None;
    };
    let method_text = method.as_str().unwrap_or_default();
    if !is_method(method_text) {
        log.report(
            &method.location,
            format!("invalid HTTP method `{method_text}`"),
            "use a method such as get or post",
        );
        return None;
    }
    let path_text = path.as_str().unwrap_or_default();
    if !path_text.starts_with('/') {
        log.report(
            &path.location,
            format!("invalid path `{path_text}`: it must start with `/`"),
            "write it relative to the root of the server; webhooks cannot be imported",
        );
        return None;
    }
    Some((path_text.to_owned(), method_text.to_ascii_lowercase()))
}

fn report_webhook(kind: Option<&Node>, log: &mut Log) {
    let Some(kind) = kind else { return };
    if let Some(text) = kind.as_str().filter(|text| *text != "path") {
        log.report(
            &kind.location,
            format!("expected an operation of the service, found a {text}"),
            "remove this fence: OpenAPI 3.0 cannot describe it",
        );
    }
}

fn note_code_samples(node: Option<Node>, log: &mut Log) {
    if let Some(node) = node {
        log.note(
            &node.location,
            "code samples are not part of the contract",
            "they are dropped",
        );
    }
}

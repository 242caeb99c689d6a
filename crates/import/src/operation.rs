//! One operation of the page, whichever of the two forms it stands in.

use std::rc::Rc;

use crate::content::{request_body, responses};
use crate::dialect;
use crate::example::Inventions;
use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node, Place};
use crate::page::{Fence, is_method};
use crate::parameters::{parameters, undescribed};
use crate::plain;
use crate::security::{Security, security};

/// An operation as OpenAPI writes it, and what its document says around it.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) path: String,
    /// In lower case.
    pub(crate) method: String,
    pub(crate) node: Node,
    /// What the path says for all its methods.
    pub(crate) item: Map,
    /// `components` by section and name.
    pub(crate) components: Map,
    pub(crate) around: Rc<Around>,
    pub(crate) place: Rc<Place>,
}

/// What the document of an operation says for all that is in it.
#[derive(Debug, Default)]
pub(crate) struct Around {
    pub(crate) servers: Option<Node>,
    pub(crate) security: Option<Node>,
    /// What else it says: `info`, `tags` and the like.
    pub(crate) document: Map,
}

/// The operations of a fence: of the flattened form there is one, of the plain form one or
/// more.
pub(crate) fn operations(fence: &Fence<'_>, root: Node, log: &mut Log) -> Vec<Operation> {
    let operations = if root.get("openapi").is_some() || root.get("swagger").is_some() {
        plain::operations(root, log)
    } else {
        flattened(fence, root, log).into_iter().collect()
    };
    compare(fence, &operations, log);
    operations
}

/// What stands beside the marks of the fence is said twice.
fn compare(fence: &Fence<'_>, operations: &[Operation], log: &mut Log) {
    let (Some((method, path)), [one]) = (fence.operation, operations) else {
        return;
    };
    if !one.method.eq_ignore_ascii_case(method) || one.path != path {
        log.note(
            &one.place,
            format!(
                "the fence is marked `{method} {path}`, and holds `{} {}`",
                one.method, one.path
            ),
            "what the fence holds is imported",
        );
    }
}

fn flattened(fence: &Fence<'_>, root: Node, log: &mut Log) -> Option<Operation> {
    let mut members = Members::of(root, "the document", log)?;
    let place = Rc::clone(&members.place);
    let components = members.take("components");
    let Some(paths) = members.take("paths") else {
        log.refuse(
            &place,
            "the fence holds neither an OpenAPI document nor one operation",
            "write `openapi` or `paths` at its top, or take the marks of the operation away",
        );
        return None;
    };
    members.finish(log);
    let components = components.map_or_else(Map::new, |node| sections(node, log));
    operation(fence, paths, components, log)
}

fn operation(
    fence: &Fence<'_>,
    paths: Node,
    mut components: Map,
    log: &mut Log,
) -> Option<Operation> {
    let mut members = Members::of(paths, "`paths`", log)?;
    let place = Rc::clone(&members.place);
    let path = members.take_text("path", log);
    let method = members.take_text("method", log);
    let kind = members.take_text("type", log);
    let servers = members.take("servers").filter(|node| !node.is_empty());
    let request = members.take("request");
    let response = members.take("response");
    let deprecated = members.take_bool("deprecated", log);
    let extensions = members.extensions();
    members.finish(log);

    refuse_webhook(kind.as_ref(), log);
    let none = Map::new();
    let schemas = components.get("schemas").and_then(Node::as_map);
    let inventions = Inventions::new(schemas.unwrap_or(&none));
    let request = request.map_or_else(Request::default, |node| {
        Request::read(node, &inventions, log)
    });
    let responses = response.and_then(|node| responses(node, &inventions, log));
    let (path, method) = address(path.as_ref(), method.as_ref(), &place, log)?;
    undescribed(&path, request.parameters.as_ref(), &place, log);

    let text = |text: &Option<String>| text.as_ref().map(|text| Node::scalar(&**text, &place));
    let nothing = || Node::map(Map::new(), &place);
    let deprecated = deprecated.filter(|node| node.as_bool() == Some(true));
    let said = [
        ("summary", text(&fence.title)),
        ("description", text(&fence.lead)),
        ("deprecated", deprecated),
        ("parameters", request.parameters),
        ("requestBody", request.body),
        ("responses", Some(responses.unwrap_or_else(nothing))),
    ];
    let said = said.into_iter();
    let mut map: Map = said
        .filter_map(|(key, node)| Some((key.to_owned(), node?)))
        .collect();
    map.extend(extensions);
    let security = request.security.map(|security| {
        let schemes = Node::map(security.schemes, &security.requirements.place);
        if !schemes.is_empty() {
            components.insert("securitySchemes".to_owned(), schemes);
        }
        security.requirements
    });
    Some(Operation {
        path,
        method,
        node: Node::map(map, &place),
        item: Map::new(),
        components,
        around: Rc::new(Around {
            servers,
            security,
            document: Map::new(),
        }),
        place,
    })
}

/// What a request holds.
#[derive(Default)]
struct Request {
    security: Option<Security>,
    parameters: Option<Node>,
    body: Option<Node>,
}

impl Request {
    fn read(node: Node, inventions: &Inventions<'_>, log: &mut Log) -> Self {
        let Some(mut members) = Members::of(node, "`request`", log) else {
            return Self::default();
        };
        let security_node = members.take("security");
        let parameters_node = members.take("parameters");
        let body = members.take("body");
        samples(members.take("codeSamples"), log);
        members.finish(log);
        Self {
            security: security_node.and_then(|node| security(node, log)),
            parameters: parameters_node.and_then(|node| parameters(node, log)),
            body: body.and_then(|node| request_body(node, inventions, log)),
        }
    }
}

/// The path and the method, in lower case.
fn address(
    path: Option<&Node>,
    method: Option<&Node>,
    place: &Place,
    log: &mut Log,
) -> Option<(String, String)> {
    let (Some(path), Some(method)) = (path, method) else {
        log.refuse(
            place,
            "the operation lacks its `path` or its `method`",
            "write both, as strings",
        );
        return None;
    };
    let method_text = method.as_str().unwrap_or_default();
    if !is_method(method_text) {
        log.refuse(
            &method.place,
            format!("`{method_text}` is no method of HTTP"),
            "write one such as get or post",
        );
        return None;
    }
    let path_text = path.as_str().unwrap_or_default();
    if !path_text.starts_with('/') {
        log.refuse(
            &path.place,
            format!("the path `{path_text}` does not begin with `/`"),
            "write it from the root of the server; webhooks cannot be imported",
        );
        return None;
    }
    Some((path_text.to_owned(), method_text.to_ascii_lowercase()))
}

fn refuse_webhook(kind: Option<&Node>, log: &mut Log) {
    let Some(kind) = kind else { return };
    if let Some(text) = kind.as_str().filter(|text| *text != "path") {
        log.refuse(
            &kind.place,
            format!("this is a {text}, not an operation of the service"),
            "leave this fence out: OpenAPI 3.0 has no place for it",
        );
    }
}

fn samples(node: Option<Node>, log: &mut Log) {
    if let Some(node) = node {
        log.note(
            &node.place,
            "samples of code are no part of the contract",
            "they are dropped",
        );
    }
}

/// `components`, its schemas in the words of OpenAPI 3.0.
pub(crate) fn sections(node: Node, log: &mut Log) -> Map {
    let Some(members) = Members::of(node, "`components`", log) else {
        return Map::new();
    };
    let mut sections = Map::new();
    for (section, node) in members.rest() {
        let Node { data, place, .. } = node;
        let Data::Map(entries) = data else {
            log.refuse(
                &place,
                format!("`{section}` of `components` is not an object"),
                "write each component under its name",
            );
            continue;
        };
        if entries.is_empty() {
            continue;
        }
        let entries = entries.into_iter().map(|(name, node)| {
            let node = match section.as_str() {
                "schemas" => dialect::schema(node, log),
                section if section.starts_with("x-") => node,
                _ => plain::with_schemas(node, log),
            };
            (name, node)
        });
        let entries = entries.collect();
        sections.insert(section, Node::map(entries, &place));
    }
    sections
}

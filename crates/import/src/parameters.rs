//! Parameters by place and name, as a list of OpenAPI's.

use std::rc::Rc;

use crate::alternatives::alternatives;
use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node, Place};

/// What stands beside a parameter's schema, and is OpenAPI's own.
const OWN: [&str; 6] = [
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
    "example",
    "examples",
];

/// The parameters of an operation, if it has any.
pub(crate) fn parameters(node: Node, log: &mut Log) -> Option<Node> {
    let mut groups = Members::of(node, "`parameters`", log)?;
    let place = Rc::clone(&groups.place);
    let mut list = Vec::new();
    for location in ["path", "query", "header", "cookie"] {
        let Some(group) = groups.take(location) else {
            continue;
        };
        let Some(group) = Members::of(group, "a group of parameters", log) else {
            continue;
        };
        for (name, node) in group.rest() {
            list.extend(parameter(&name, location, node, log));
        }
    }
    groups.finish(log);
    (!list.is_empty()).then(|| Node::list(list, &place))
}

fn parameter(name: &str, location: &str, node: Node, log: &mut Log) -> Option<Node> {
    let mut members = Members::of(node, "a parameter", log)?;
    let place = Rc::clone(&members.place);
    let Some(list) = members.take("schema") else {
        log.refuse(
            &place,
            format!("the parameter `{name}` has no schema"),
            "write `schema` with a list of its alternatives",
        );
        return None;
    };
    let own: Vec<_> = OWN.iter().map(|key| (*key, members.take(key))).collect();
    let extensions = members.extensions();
    members.finish(log);

    let flattened = alternatives(list, log)?;
    let mut schema = flattened.node;
    let mut map = Map::new();
    let mut set = |key: &str, node: Node| {
        map.insert(key.to_owned(), node);
    };
    set("name", Node::scalar(name, &place));
    set("in", Node::scalar(location, &place));
    // OpenAPI knows no other kind in a path.
    if flattened.required || location == "path" {
        set("required", Node::scalar(true, &place));
    }
    for (key, node) in lifted(&mut schema) {
        set(key, node);
    }
    for (key, node) in own {
        if let Some(node) = node {
            set(key, node);
        }
    }
    set("schema", schema);
    map.extend(extensions);
    Some(Node::map(map, &place))
}

/// What the exporter wrote into the schema and OpenAPI says of the parameter.
fn lifted(schema: &mut Node) -> Vec<(&'static str, Node)> {
    // A component keeps its words, and a choice its branches' own.
    let claimed = schema.claim.is_some();
    let Some(map) = schema.as_map_mut().filter(|_| !claimed) else {
        return Vec::new();
    };
    let description = map.shift_remove("description");
    let deprecated = map.shift_remove("deprecated");
    let deprecated = deprecated.filter(|node| node.as_bool() != Some(false));
    [("description", description), ("deprecated", deprecated)]
        .into_iter()
        .filter_map(|(key, node)| Some((key, node?)))
        .collect()
}

/// The names in `{}` of a path that no parameter describes.
pub(crate) fn undescribed(path: &str, parameters: Option<&Node>, place: &Rc<Place>, log: &mut Log) {
    let described: Vec<&str> = match parameters.map(|node| &node.data) {
        Some(Data::List(list)) => list
            .iter()
            .filter(|node| node.get("in").and_then(Node::as_str) == Some("path"))
            .filter_map(|node| node.get("name").and_then(Node::as_str))
            .collect(),
        _ => Vec::new(),
    };
    for piece in path.split('{').skip(1) {
        let name = piece.split('}').next().unwrap_or_default();
        if !described.contains(&name) {
            log.note(
                place,
                format!("the path has `{{{name}}}`, and the page describes no such parameter"),
                "add the parameter with an overlay action",
            );
        }
    }
}

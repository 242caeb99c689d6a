//! Converts parameters, which the exporter groups by location and name, to a list.

use std::rc::Rc;

use super::alternatives::alternatives;
use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node, NodeLocation};

/// The keywords of a parameter that the exporter leaves unchanged.
const UNCHANGED: [&str; 6] = [
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
    "example",
    "examples",
];

/// Returns the parameters of an operation, if it has any.
pub(crate) fn parameters(node: Node, log: &mut Log) -> Option<Node> {
    let mut groups = Members::new(node, "`parameters`", log)?;
    let location = Rc::clone(&groups.location);
    let mut list = Vec::new();
    for location_name in ["path", "query", "header", "cookie"] {
        let Some(group) = groups.take(location_name) else {
            continue;
        };
        let Some(group) = Members::new(group, "a group of parameters", log) else {
            continue;
        };
        for (name, node) in group.rest() {
            list.extend(parameter(&name, location_name, node, log));
        }
    }
    groups.finish(log);
    (!list.is_empty()).then(|| Node::list(list, &location))
}

fn parameter(name: &str, location_name: &str, node: Node, log: &mut Log) -> Option<Node> {
    let mut members = Members::new(node, "a parameter", log)?;
    let location = Rc::clone(&members.location);
    let Some(list) = members.take("schema") else {
        log.report(
            &location,
            format!("missing `schema` of the parameter `{name}`"),
            "add it as a list of alternatives",
        );
        return None;
    };
    let unchanged: Vec<_> = UNCHANGED
        .iter()
        .map(|key| (*key, members.take(key)))
        .collect();
    let extensions = members.take_extensions(log);
    members.finish(log);

    let flattened = alternatives(list, log)?;
    let mut schema = flattened.node;
    let mut map = Map::new();
    let mut set = |key: &str, node: Node| {
        map.insert(key.to_owned(), node);
    };
    set("name", Node::scalar(name, &location));
    set("in", Node::scalar(location_name, &location));
    let is_required = flattened.required == Some(true);
    if location_name == "path" && flattened.required == Some(false) {
        log.note(
            &location,
            format!("the path parameter `{name}` is not `required`, but OpenAPI requires all"),
            "it is imported as required",
        );
    }
    if is_required || location_name == "path" {
        set("required", Node::scalar(true, &location));
    }
    for (key, node) in take_annotations(&mut schema) {
        set(key, node);
    }
    for (key, node) in unchanged {
        if let Some(node) = node {
            set(key, node);
        }
    }
    set("schema", schema);
    map.extend(extensions);
    Some(Node::map(map, &location))
}

/// Takes the annotations out of the schema that belong to the parameter in OpenAPI.
fn take_annotations(schema: &mut Node) -> Vec<(&'static str, Node)> {
    // A component keeps its annotations.
    let is_component = schema.component_name.is_some();
    let Some(map) = schema.as_map_mut().filter(|_| !is_component) else {
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

/// Notes each template expression of a path that no parameter describes.
pub(crate) fn note_undescribed(
    path: &str,
    parameters: Option<&Node>,
    location: &Rc<NodeLocation>,
    log: &mut Log,
) {
    let described: Vec<(&str, &str)> = match parameters.map(|node| &node.data) {
        Some(Data::List(list)) => list
            .iter()
            .filter_map(|node| {
                let text = |key| node.get(key).and_then(Node::as_str);
                Some((text("in")?, text("name")?))
            })
            .collect(),
        _ => Vec::new(),
    };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let in_path = names_in_braces(path).map(|name| (name, None));
    let in_query = query.split('&').flat_map(|pair| {
        let key = pair.split_once('=').map(|(key, _)| key);
        names_in_braces(pair).map(move |name| (name, key))
    });
    for (name, key) in in_path.chain(in_query) {
        let pair = key.map(|key| ("query", key));
        let is_described = |one: &(&str, &str)| *one == ("path", name) || Some(*one) == pair;
        if !described.iter().any(is_described) {
            log.note(
                location,
                format!("the page does not describe the path parameter `{{{name}}}`"),
                "add it with an overlay action",
            );
        }
    }
}

fn names_in_braces(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split('{').skip(1);
    pieces.map(|piece| piece.split('}').next().unwrap_or_default())
}

//! Converts the schemas in other parts of a document: operations, path items, components.

use super::schema::schema;
use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node};

/// Converts every schema in a part of a document. Data that is not OpenAPI stays unchanged.
pub(crate) fn convert_part(node: Node, log: &mut Log) -> Node {
    let data = match node.data {
        Data::Map(map) => Data::Map(
            map.into_iter()
                .map(|(key, node)| {
                    let node = convert_member(&key, node, log);
                    (key, node)
                })
                .collect(),
        ),
        Data::List(list) => Data::List(
            list.into_iter()
                .map(|node| convert_part(node, log))
                .collect(),
        ),
        scalar @ Data::Scalar(_) => scalar,
    };
    Node { data, ..node }
}

fn convert_member(key: &str, node: Node, log: &mut Log) -> Node {
    match key {
        "schema" => schema(node, log),
        "example" | "examples" => node,
        key if key.starts_with("x-") => node,
        // The keys of these are names, which may look like keywords.
        "headers" | "content" | "responses" | "callbacks" if node.as_map().is_some() => {
            convert_named(node, log)
        }
        _ => convert_part(node, log),
    }
}

fn convert_named(node: Node, log: &mut Log) -> Node {
    let data = match node.data {
        Data::Map(map) => Data::Map(
            map.into_iter()
                .map(|(name, node)| (name, convert_part(node, log)))
                .collect(),
        ),
        other => other,
    };
    Node { data, ..node }
}

/// Returns the sections of `components`, with their schemas converted.
pub(crate) fn sections(node: Node, log: &mut Log) -> Map {
    let Some(members) = Members::new(node, "`components`", log) else {
        return Map::new();
    };
    let mut sections = Map::new();
    for (section, node) in members.rest() {
        let kind = node.kind();
        let Node { data, location, .. } = node;
        let Data::Map(entries) = data else {
            log.report(
                &location,
                format!("expected `{section}` of `components` to be an object, found {kind}"),
                "write each component under its name",
            );
            continue;
        };
        if entries.is_empty() {
            continue;
        }
        let entries = entries.into_iter().map(|(name, node)| {
            let node = match section.as_str() {
                "schemas" => schema(node, log),
                section if section.starts_with("x-") => node,
                _ => convert_part(node, log),
            };
            (name, node)
        });
        let entries = entries.collect();
        sections.insert(section, Node::map(entries, &location));
    }
    sections
}

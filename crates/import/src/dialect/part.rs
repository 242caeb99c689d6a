//! Converts the schemas in other parts of a document: operations, path items, components.

use bigmodel_rerank_openapi::grammar::{Kind, Role};

use super::schema::schema;
use crate::exporter_keys::drop_exporter_keys;
use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node};

/// Converts every schema in a part of a document, which has this role there. Data that is not
/// OpenAPI stays unchanged.
pub(crate) fn convert_part(node: Node, role: Role, log: &mut Log) -> Node {
    if role.is_opaque() {
        return node;
    }
    if role == Role::Node(Kind::Schema) {
        return schema(node, log);
    }
    let data = match node.data {
        Data::Map(map) => Data::Map(convert_members(map, role, log)),
        Data::List(list) => Data::List(
            list.into_iter()
                .map(|node| convert_part(node, role.item(), log))
                .collect(),
        ),
        scalar @ Data::Scalar(_) => scalar,
    };
    Node { data, ..node }
}

/// Converts the members of an object that has this role in a document. The keys of exporters are
/// dropped.
pub(crate) fn convert_members(mut map: Map, role: Role, log: &mut Log) -> Map {
    if role.kind().is_some_and(Kind::is_extensible) {
        drop_exporter_keys(&mut map, log);
    }
    map.into_iter()
        .map(|(key, node)| {
            let node = convert_part(node, role.member(&key), log);
            (key, node)
        })
        .collect()
}

/// Returns the sections of `components`, with their schemas converted.
pub(crate) fn sections(node: Node, log: &mut Log) -> Map {
    let Some(members) = Members::new(node, "`components`", log) else {
        return Map::new();
    };
    let mut sections = Map::new();
    let mut rest = members.rest();
    drop_exporter_keys(&mut rest, log);
    for (section, node) in rest {
        if node.as_map().is_none() {
            log.report(
                &node.location,
                format!(
                    "expected `{section}` of `components` to be an object, found {}",
                    node.kind()
                ),
                "write each component under its name",
            );
        } else if !node.is_empty() {
            let role = Role::Node(Kind::Components).member(&section);
            let node = convert_part(node, role, log);
            sections.insert(section, node);
        }
    }
    sections
}

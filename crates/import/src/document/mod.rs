//! Assembles the operations of a page into one OpenAPI document.

mod authorization;
mod components;
mod order;
mod refs;
mod same_servers;
mod top_level;

use std::rc::Rc;

use crate::dialect::OPENAPI_VERSION;
use crate::log::Log;
use crate::markdown::Fence;
use crate::node::{Map, Node, NodeLocation};
use crate::operation::{Operation, is_method};

/// `info.version`, which OpenAPI requires and a flattened page does not have.
const UNVERSIONED: &str = "unversioned";

/// Returns the document of all operations; `None` if there are none.
pub(crate) fn document(
    fences: &[Fence<'_>],
    mut operations: Vec<Operation>,
    log: &mut Log,
) -> Option<Node> {
    let first = operations.first()?;
    let location = Rc::clone(&first.location);
    let mut map = Map::new();
    let mut set = |key: &str, node: Option<Node>| {
        if let Some(node) = node {
            map.insert(key.to_owned(), node);
        }
    };
    let mut components = components::resolve(&mut operations, log);
    let authorization = authorization::replace_parameters(&mut operations, &mut components, log);
    let mut inherited = top_level::document_members(&operations, log);
    let version = inherited.shift_remove("openapi");
    set(
        "openapi",
        version.or_else(|| Some(Node::scalar(OPENAPI_VERSION, &location))),
    );
    let info = inherited.shift_remove("info");
    set(
        "info",
        Some(info.unwrap_or_else(|| flattened_info(fences, &location))),
    );
    set("externalDocs", inherited.shift_remove("externalDocs"));
    set("servers", top_level::servers(&mut operations, log));
    let security = authorization.or_else(|| top_level::security(&mut operations, log));
    set("security", security);
    set("tags", inherited.shift_remove("tags"));
    set("paths", Some(paths(operations, &location, log)));
    let components = Node::map(components, &location);
    set(
        "components",
        Some(components).filter(|node| !node.is_empty()),
    );
    map.extend(inherited);

    let mut document = Node::map(map, &location);
    order::components(&mut document);
    // After other problems, dangling references would only repeat them.
    if log.problems.is_empty() {
        refs::check(&document, log);
    }
    Some(document)
}

/// Returns `info` of a flattened page, which has a heading and nothing else for it.
fn flattened_info(fences: &[Fence<'_>], location: &Rc<NodeLocation>) -> Node {
    let title = fences.iter().find_map(|fence| fence.title.as_deref());
    let members = [
        ("title", title.unwrap_or("untitled")),
        ("version", UNVERSIONED),
    ];
    let members = members.map(|(key, text)| (key.to_owned(), Node::scalar(text, location)));
    Node::map(members.into(), location)
}

/// Whether a path item has the same members as `other`, apart from its methods.
fn has_same_members(item: &Map, other: &Map) -> bool {
    let members: Vec<_> = item.iter().filter(|(key, _)| !is_method(key)).collect();
    let same = |(key, node): &(&String, &Node)| {
        other.get(*key).is_some_and(|other| match key.as_str() {
            "servers" => same_servers::are_same(other, node),
            _ => other.is_same(node),
        })
    };
    members.len() == other.len() && members.iter().all(same)
}

/// Returns the operations by path and method.
fn paths(operations: Vec<Operation>, location: &Rc<NodeLocation>, log: &mut Log) -> Node {
    let mut paths = Map::new();
    for operation in operations {
        let item = paths
            .entry(operation.path.clone())
            .or_insert_with(|| Node::map(operation.path_item.clone(), &operation.location));
        if let Some(item) = item.as_map_mut() {
            add_operation(item, operation, log);
        }
    }
    Node::map(paths, location)
}

fn add_operation(item: &mut Map, operation: Operation, log: &mut Log) {
    let Operation {
        path,
        method,
        node,
        location,
        path_item,
        ..
    } = operation;
    if !has_same_members(item, &path_item) {
        log.report(
            &location,
            format!("conflicting members of the path item `{path}`"),
            "import the operations from separate pages",
        );
    } else if let (Some(kept), Some(other)) = (item.get("servers"), path_item.get("servers"))
        && !kept.is_same(other)
    {
        log.note(
            &other.location,
            format!("the descriptions of the servers of `{path}` differ"),
            "the first ones are kept",
        );
    }
    let node = order::operation(node);
    match item.get(&method) {
        None => {
            item.insert(method, node);
        }
        Some(known) if known.is_same(&node) => log.note(
            &location,
            format!("duplicate operation `{method} {path}`"),
            "it is imported once",
        ),
        Some(known) => log.report(
            &location,
            format!(
                "conflicting definitions of `{method} {path}`: this one differs from line {}",
                known.location.position.line
            ),
            "remove one of the two",
        ),
    }
}

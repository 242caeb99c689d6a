//! Moves what all operations have in common to the top of the document.

use std::rc::Rc;

use crate::log::Log;
use crate::node::{Data, Map, Node};
use crate::operation::{Inherited, Operation};

/// The limit of nodes to copy into operations if they differ.
const COPY_LIMIT: usize = 400_000;

/// Returns the other members of the documents on the page. Tags are merged; of other members the
/// first one is kept.
pub(super) fn document_members(operations: &[Operation], log: &mut Log) -> Map {
    let mut all = Map::new();
    let mut seen: Option<&Rc<Inherited>> = None;
    for operation in operations {
        if seen.is_some_and(|seen| Rc::ptr_eq(seen, &operation.inherited)) {
            continue;
        }
        seen = Some(&operation.inherited);
        for (key, node) in &operation.inherited.document {
            match all.get_mut(key) {
                None => {
                    all.insert(key.clone(), node.clone());
                }
                Some(known) if key == "tags" => add_tags(known, node),
                Some(known) if known.is_same(node) => {}
                Some(known) => log.note(
                    &node.location,
                    format!(
                        "`{key}` differs from the one on line {}",
                        known.location.position.line
                    ),
                    "the first one is kept",
                ),
            }
        }
    }
    all
}

fn add_tags(all: &mut Node, more: &Node) {
    let (Data::List(all), Some(more)) = (&mut all.data, more.as_list()) else {
        return;
    };
    let names = |list: &[Node]| -> std::collections::HashSet<String> {
        list.iter()
            .filter_map(|tag| Some(tag.get("name")?.as_str()?.to_owned()))
            .collect()
    };
    let known = names(all);
    let is_new = |tag: &&Node| {
        let name = tag.get("name").and_then(Node::as_str);
        !name.is_some_and(|name| known.contains(name))
    };
    all.extend(more.iter().filter(is_new).cloned());
}

/// Returns the servers of all operations. If they differ, each operation gets its own.
pub(super) fn servers(operations: &mut [Operation], log: &mut Log) -> Option<Node> {
    shared(
        operations,
        "servers",
        |inherited| inherited.servers.as_ref(),
        log,
    )
}

/// Returns the security of all operations. If it differs, each operation gets its own.
pub(super) fn security(operations: &mut [Operation], log: &mut Log) -> Option<Node> {
    shared(operations, "security", required_security, log)
}

fn required_security(inherited: &Inherited) -> Option<&Node> {
    inherited
        .security
        .as_ref()
        .filter(|node| requires_credentials(node))
}

/// Whether any alternative requires credentials.
fn requires_credentials(security: &Node) -> bool {
    let any = |alternatives: &[Node]| alternatives.iter().any(|node| !node.is_empty());
    security.as_list().is_none_or(any)
}

fn shared(
    operations: &mut [Operation],
    key: &str,
    get: fn(&Inherited) -> Option<&Node>,
    log: &mut Log,
) -> Option<Node> {
    let first = Rc::clone(&operations.first()?.inherited);
    let first = get(&first);
    let same = |operation: &Operation| match (first, get(&operation.inherited)) {
        (Some(one), Some(other)) => std::ptr::eq(one, other) || one.is_same(other),
        (one, other) => one.is_none_or(Node::is_empty) && other.is_none_or(Node::is_empty),
    };
    if operations.iter().all(same) {
        return first.cloned();
    }
    let mut copies = 0;
    for operation in operations {
        let inherited = Rc::clone(&operation.inherited);
        let Some(node) = get(&inherited).filter(|node| !node.is_empty()) else {
            continue;
        };
        copies += node.size();
        if copies > COPY_LIMIT {
            log.report(
                &operation.location,
                format!("the operations of the page have too many different {key}"),
                "import them from separate pages",
            );
            return None;
        }
        if let Some(map) = operation.node.as_map_mut()
            && !map.contains_key(key)
        {
            map.insert(key.to_owned(), node.clone());
        }
    }
    None
}

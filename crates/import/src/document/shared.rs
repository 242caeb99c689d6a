//! What several operations have in common is said once, at the top of the document.

use std::rc::Rc;

use crate::log::Log;
use crate::node::{Data, Map, Node};
use crate::operation::{Around, Operation};

/// How many nodes are written again where operations differ.
const COPIES: usize = 400_000;

/// What the documents of the page say besides operations and components: what the first one
/// says counts, and tags are put together.
pub(super) fn around(operations: &[Operation], log: &mut Log) -> Map {
    let mut all = Map::new();
    let mut seen: Option<&Rc<Around>> = None;
    for operation in operations {
        if seen.is_some_and(|seen| Rc::ptr_eq(seen, &operation.around)) {
            continue;
        }
        seen = Some(&operation.around);
        for (key, node) in &operation.around.document {
            match all.get_mut(key) {
                None => {
                    all.insert(key.clone(), node.clone());
                }
                Some(there) if key == "tags" => add_tags(there, node),
                Some(there) if there.is_same(node) => {}
                Some(there) => log.note(
                    &node.place,
                    format!(
                        "`{key}` says something else than on line {} of the page",
                        there.place.line
                    ),
                    "what the page says first is kept",
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
    let there = names(all);
    let is_new = |tag: &&Node| {
        let name = tag.get("name").and_then(Node::as_str);
        !name.is_some_and(|name| there.contains(name))
    };
    all.extend(more.iter().filter(is_new).cloned());
}

/// The servers of all operations; where operations have different ones, each has its own.
pub(super) fn servers(operations: &mut [Operation], log: &mut Log) -> Option<Node> {
    shared(operations, "servers", |around| around.servers.as_ref(), log)
}

/// The security of all operations; where operations have different ones, each has its own.
pub(super) fn security(operations: &mut [Operation], log: &mut Log) -> Option<Node> {
    shared(operations, "security", asked, log)
}

fn asked(around: &Around) -> Option<&Node> {
    around.security.as_ref().filter(|node| asks(node))
}

/// Whether security asks for anything: no alternative, or none but nothing, does not.
fn asks(security: &Node) -> bool {
    let asks = |alternatives: &[Node]| alternatives.iter().any(|node| !node.is_empty());
    security.as_list().is_none_or(asks)
}

fn shared(
    operations: &mut [Operation],
    key: &str,
    said: fn(&Around) -> Option<&Node>,
    log: &mut Log,
) -> Option<Node> {
    let first = Rc::clone(&operations.first()?.around);
    let first = said(&first);
    let same = |operation: &Operation| match (first, said(&operation.around)) {
        (Some(one), Some(other)) => std::ptr::eq(one, other) || one.is_same(other),
        (one, other) => one.is_none_or(Node::is_empty) && other.is_none_or(Node::is_empty),
    };
    if operations.iter().all(same) {
        return first.cloned();
    }
    let mut copies = 0;
    for operation in operations {
        let around = Rc::clone(&operation.around);
        let Some(node) = said(&around).filter(|node| !node.is_empty()) else {
            continue;
        };
        copies += node.size();
        if copies > COPIES {
            log.refuse(
                &operation.place,
                format!("the operations of the page have too many different {key}"),
                "import them from pages of their own",
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

//! Moves what all operations have in common to the top of the document.

use std::collections::HashMap;
use std::rc::Rc;

use super::same_servers::are_same;
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
                Some(known) if key == "tags" => add_tags(known, node, log),
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

/// Adds the tags with new names. A tag with a known name but another content is noted.
fn add_tags(all: &mut Node, more: &Node, log: &mut Log) {
    let (Data::List(all), Some(more)) = (&mut all.data, more.as_list()) else {
        return;
    };
    let name = |tag: &Node| Some(tag.get("name")?.as_str()?.to_owned());
    let mut known: HashMap<String, Node> = HashMap::new();
    for tag in all.iter() {
        if let Some(name) = name(tag) {
            known.entry(name).or_insert_with(|| tag.clone());
        }
    }
    for tag in more {
        match name(tag).and_then(|name| Some((known.get(&name)?, name))) {
            Some((there, _)) if there.is_same(tag) => {}
            Some((there, name)) => log.note(
                &tag.location,
                format!(
                    "the tag `{name}` differs from the one on line {}",
                    there.location.position.line
                ),
                "the first one is kept",
            ),
            None => all.push(tag.clone()),
        }
    }
}

/// Returns the servers of all operations. If they differ in more than descriptions, each operation
/// gets its own.
pub(super) fn servers(operations: &mut [Operation], log: &mut Log) -> Option<Node> {
    shared(
        operations,
        "servers",
        |inherited| inherited.servers.as_ref(),
        |one, other| match (one, other) {
            (Some(one), Some(other)) => are_same(one, other),
            (one, other) => one.is_none() && other.is_none(),
        },
        log,
    )
}

/// Returns the security of all operations. If it differs, each operation gets its own.
pub(super) fn security(operations: &mut [Operation], log: &mut Log) -> Option<Node> {
    shared(
        operations,
        "security",
        |inherited| inherited.security.as_ref(),
        is_same_security,
        log,
    )
}

/// Whether both require the same. A list without requirements is the same as none.
fn is_same_security(one: Option<&Node>, other: Option<&Node>) -> bool {
    let required = |node: Option<&Node>| node.is_some_and(requires_credentials);
    match (one, other) {
        (Some(one), Some(other)) if one.is_same(other) => true,
        _ => !required(one) && !required(other),
    }
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
    is_same: fn(Option<&Node>, Option<&Node>) -> bool,
    log: &mut Log,
) -> Option<Node> {
    let all = operations.iter().map(|operation| get(&operation.inherited));
    let first = all.clone().next()?;
    let is_first = |node: Option<&Node>| match (first, node) {
        (Some(one), Some(other)) if std::ptr::eq(one, other) => true,
        (one, other) => is_same(one, other),
    };
    if all.clone().all(is_first) {
        let kept = all.clone().flatten().next()?;
        note_differences(kept, all.flatten(), key, log);
        return Some(kept.clone());
    }
    copy_into_operations(operations, key, get, log);
    None
}

/// Notes what differs from `kept` although it means the same.
fn note_differences<'a>(
    kept: &Node,
    all: impl Iterator<Item = &'a Node>,
    key: &str,
    log: &mut Log,
) {
    let mut previous = kept;
    for node in all {
        if std::ptr::eq(node, previous) {
            continue;
        }
        previous = node;
        if !node.is_same(kept) {
            log.note(
                &node.location,
                format!(
                    "`{key}` differs from that on line {}, but means the same to callers",
                    kept.location.position.line
                ),
                "the first one is kept",
            );
        }
    }
}

fn copy_into_operations(
    operations: &mut [Operation],
    key: &str,
    get: fn(&Inherited) -> Option<&Node>,
    log: &mut Log,
) {
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
            return;
        }
        if let Some(map) = operation.node.as_map_mut()
            && !map.contains_key(key)
        {
            map.insert(key.to_owned(), node.clone());
        }
    }
}

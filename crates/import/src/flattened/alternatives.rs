//! Merges the list of alternatives that the exporter writes for each schema into one schema.

use std::rc::Rc;

use super::schema::{self, Flattened};
use crate::dialect::is_null;
use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};

/// Returns the schema for a list of alternatives.
pub(crate) fn alternatives(list: Node, log: &mut Log) -> Option<Flattened> {
    let kind = list.kind();
    let Node { data, location, .. } = list;
    let Data::List(list) = data else {
        log.report(
            &location,
            format!("expected a list of alternatives, found {kind}"),
            "write a list with one schema for each alternative",
        );
        return None;
    };
    let mut required = false;
    let mut nodes = Vec::new();
    let mut null = None;
    for node in list {
        let flattened = schema::flattened(node, log);
        required |= flattened.required;
        if is_null(&flattened.node) {
            null = Some(flattened.node);
        } else {
            nodes.push(flattened.node);
        }
    }
    let node = merge(nodes, null, &location, log)?;
    Some(Flattened { node, required })
}

fn merge(
    mut nodes: Vec<Node>,
    null: Option<Node>,
    location: &Rc<NodeLocation>,
    log: &mut Log,
) -> Option<Node> {
    if nodes.len() > 1 {
        return Some(any_of(nodes, null.is_some(), location, log));
    }
    let Some(one) = nodes.pop() else {
        if null.is_none() {
            log.report(
                location,
                "empty list of alternatives",
                "add a schema, or remove what the list describes",
            );
        }
        return null;
    };
    match null {
        Some(null) => Some(nullable(one, &null)),
        None => Some(one),
    }
}

/// Returns the schema with null allowed.
fn nullable(node: Node, null: &Node) -> Node {
    let flag = || Node::scalar(true, &null.location);
    // The component itself is not nullable: null is allowed here only.
    if node.component_name.is_some() || node.get("$ref").is_some() {
        let location = Rc::clone(&node.location);
        let parts = Node::list(vec![node], &location);
        let map = [("allOf", parts), ("nullable", flag())];
        return Node::map(
            map.map(|(key, node)| (key.to_owned(), node)).into(),
            &location,
        );
    }
    let mut node = node;
    if let Some(map) = node.as_map_mut() {
        let after_type = map
            .get_index_of("type")
            .map_or(map.len(), |index| index + 1);
        if !map.contains_key("nullable") {
            map.shift_insert(after_type, "nullable".to_owned(), flag());
        }
    }
    node
}

/// Returns an `anyOf`. Annotations that all branches share move up to it.
fn any_of(
    mut nodes: Vec<Node>,
    nullable: bool,
    location: &Rc<NodeLocation>,
    log: &mut Log,
) -> Node {
    log.note(
        location,
        "the page does not say whether more than one of these alternatives may match",
        "they are imported as `anyOf`, which covers both cases",
    );
    let mut map = Map::new();
    for key in ["title", "description", "deprecated", "default", "example"] {
        if let Some(node) = common(&mut nodes, key) {
            map.insert(key.to_owned(), node);
        }
    }
    map.insert("anyOf".to_owned(), Node::list(nodes, location));
    if nullable {
        map.insert("nullable".to_owned(), Node::scalar(true, location));
    }
    Node::map(map, location)
}

/// Removes `key` from all branches if they have the same value for it, and none is a component.
fn common(nodes: &mut [Node], key: &str) -> Option<Node> {
    let first = nodes.first()?.get(key)?.clone();
    let same = |node: &Node| {
        node.component_name.is_none() && node.get(key).is_some_and(|node| node.is_same(&first))
    };
    if !nodes.iter().all(same) {
        return None;
    }
    for map in nodes.iter_mut().filter_map(Node::as_map_mut) {
        map.shift_remove(key);
    }
    Some(first)
}

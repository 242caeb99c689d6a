//! Merges the list of alternatives that the exporter writes for each schema into one schema.

use std::rc::Rc;

use super::schema::{self, Flattened};
use crate::dialect::{allow_null, is_null, take_annotations_of_null};
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
    let mut nodes = Vec::new();
    let mut nulls = Vec::new();
    let mut required = Vec::new();
    for node in list {
        let flattened = schema::flattened(node, log);
        required.extend(flattened.required);
        if is_null(&flattened.node) {
            nulls.push(flattened.node);
        } else {
            nodes.push(flattened.node);
        }
    }
    let node = merge(nodes, nulls, &location, log)?;
    let required = either(&required, &location, log);
    Some(Flattened { node, required })
}

/// Returns whether what the alternatives describe is required, which the exporter writes into each.
fn either(required: &[bool], location: &NodeLocation, log: &mut Log) -> Option<bool> {
    if required.contains(&true) && required.contains(&false) {
        log.note(
            location,
            "only some of the alternatives are `required`",
            "what they describe is imported as required",
        );
    }
    required.iter().copied().max()
}

fn merge(
    mut nodes: Vec<Node>,
    mut nulls: Vec<Node>,
    location: &Rc<NodeLocation>,
    log: &mut Log,
) -> Option<Node> {
    let branches = nodes.clone();
    let with_null = nulls.first().map(|null| Rc::clone(&null.location));
    let mut node = match (nodes.len(), with_null) {
        (0, None) => {
            log.report(
                location,
                "empty list of alternatives",
                "add a schema, or remove what the list describes",
            );
            return None;
        }
        (0, Some(_)) => nulls.pop()?,
        (1, with_null) => {
            let one = nodes.pop()?;
            match with_null {
                Some(null) => nullable(one, &null, log),
                None => one,
            }
        }
        (_, with_null) => any_of(nodes, with_null.is_some(), location, log),
    };
    if let Some(map) = node.as_map_mut() {
        take_annotations_of_null(map, &branches, nulls, log);
    }
    Some(node)
}

/// Returns the schema with null allowed.
fn nullable(node: Node, null: &Rc<NodeLocation>, log: &mut Log) -> Node {
    let flag = || Node::scalar(true, null);
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
        allow_null(map, null, log);
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

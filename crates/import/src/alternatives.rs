//! The list of schemas that stands for one: its alternatives, null among them.

use std::rc::Rc;

use crate::dialect::is_null;
use crate::log::Log;
use crate::node::{Data, Map, Node, Place};
use crate::schema::{self, Flattened};

/// The schema that a list of alternatives stands for.
pub(crate) fn alternatives(list: Node, log: &mut Log) -> Option<Flattened> {
    let Node { data, place, .. } = list;
    let Data::List(list) = data else {
        log.refuse(
            &place,
            "the alternatives of a schema are not a list",
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
    let node = one_of(nodes, null, &place, log)?;
    Some(Flattened { node, required })
}

fn one_of(
    mut nodes: Vec<Node>,
    null: Option<Node>,
    place: &Rc<Place>,
    log: &mut Log,
) -> Option<Node> {
    if nodes.len() > 1 {
        return Some(any_of(nodes, null.is_some(), place, log));
    }
    let Some(one) = nodes.pop() else {
        if null.is_none() {
            log.refuse(
                place,
                "the list of alternatives is empty",
                "write the schema, or leave out what it describes",
            );
        }
        return null;
    };
    match null {
        Some(null) => Some(nullable(one, &null)),
        None => Some(one),
    }
}

/// A schema that null fits too.
fn nullable(node: Node, null: &Node) -> Node {
    let flag = || Node::scalar(true, &null.place);
    // The component is not nullable; only here null may stand in its place.
    if node.claim.is_some() || node.get("$ref").is_some() {
        let place = Rc::clone(&node.place);
        let parts = Node::list(vec![node], &place);
        let map = [("allOf", parts), ("nullable", flag())];
        return Node::map(map.map(|(key, node)| (key.to_owned(), node)).into(), &place);
    }
    let mut node = node;
    if let Some(map) = node.as_map_mut() {
        let beside_type = map
            .get_index_of("type")
            .map_or(map.len(), |index| index + 1);
        if !map.contains_key("nullable") {
            map.shift_insert(beside_type, "nullable".to_owned(), flag());
        }
    }
    node
}

/// A choice. What all branches say of the whole is said of the whole.
fn any_of(mut nodes: Vec<Node>, nullable: bool, place: &Rc<Place>, log: &mut Log) -> Node {
    log.note(
        place,
        "the page lists alternatives, and not whether only one of them may fit",
        "they became `anyOf`, which is true in both cases",
    );
    let mut map = Map::new();
    for key in ["title", "description", "deprecated", "default", "example"] {
        if let Some(node) = common(&mut nodes, key) {
            map.insert(key.to_owned(), node);
        }
    }
    map.insert("anyOf".to_owned(), Node::list(nodes, place));
    if nullable {
        map.insert("nullable".to_owned(), Node::scalar(true, place));
    }
    Node::map(map, place)
}

/// Takes `key` out of all branches if all have it and say the same, and none is a component.
fn common(nodes: &mut [Node], key: &str) -> Option<Node> {
    let first = nodes.first()?.get(key)?.clone();
    let same = |node: &Node| {
        node.claim.is_none() && node.get(key).is_some_and(|node| node.is_same(&first))
    };
    if !nodes.iter().all(same) {
        return None;
    }
    for map in nodes.iter_mut().filter_map(Node::as_map_mut) {
        map.shift_remove(key);
    }
    Some(first)
}

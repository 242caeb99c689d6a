//! The order in which people read: operations from what they are to what they answer,
//! schemas as they are come to.

use std::collections::HashSet;

use crate::node::{Data, Map, Node};

/// The members of an operation, in reading order.
const OPERATION: [&str; 11] = [
    "tags",
    "summary",
    "description",
    "operationId",
    "deprecated",
    "security",
    "servers",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
];

/// The sections of `components`, in reading order.
const SECTIONS: [&str; 9] = [
    "securitySchemes",
    "parameters",
    "headers",
    "requestBodies",
    "responses",
    "examples",
    "links",
    "callbacks",
    "schemas",
];

/// An operation in reading order.
pub(super) fn operation(mut node: Node) -> Node {
    if let Some(map) = node.as_map_mut() {
        put_first(map, &OPERATION);
    }
    node
}

/// The components in reading order; schemas as the paths come to them.
pub(super) fn components(document: &mut Node) {
    let Some(paths) = document.get("paths") else {
        return;
    };
    let mut order = Found::default();
    let schemas = document
        .get("components")
        .and_then(|node| node.get("schemas"));
    let none = Map::new();
    order.walk(paths, schemas.and_then(Node::as_map).unwrap_or(&none));
    let names = order.names;
    let Some(components) = document
        .as_map_mut()
        .and_then(|map| map.get_mut("components"))
    else {
        return;
    };
    let Some(components) = components.as_map_mut() else {
        return;
    };
    put_first(components, &SECTIONS);
    if let Some(schemas) = components.get_mut("schemas").and_then(Node::as_map_mut) {
        put_first(schemas, &names);
    }
}

/// Puts `keys` first, in their order; the others keep theirs.
fn put_first(map: &mut Map, keys: &[impl AsRef<str>]) {
    let mut rest: Vec<Option<(String, Node)>> = Vec::with_capacity(map.len());
    let mut places = std::collections::HashMap::new();
    for (key, node) in std::mem::take(map) {
        places.insert(key.clone(), rest.len());
        rest.push(Some((key, node)));
    }
    for key in keys {
        let member = places.get(key.as_ref()).and_then(|at| rest.get_mut(*at));
        if let Some((key, node)) = member.and_then(Option::take) {
            map.insert(key, node);
        }
    }
    map.extend(rest.into_iter().flatten());
}

/// The schemas come to so far.
#[derive(Default)]
struct Found {
    names: Vec<String>,
    seen: HashSet<String>,
}

impl Found {
    /// Notes the references below `node`, each followed by what it leads to.
    ///
    /// What is still to be looked at is a list, not the stack: references may chain longer
    /// than documents nest.
    fn walk(&mut self, node: &Node, schemas: &Map) {
        let mut ahead = vec![node];
        while let Some(node) = ahead.pop() {
            match &node.data {
                Data::Scalar(_) => {}
                Data::List(list) => ahead.extend(list.iter().rev()),
                Data::Map(map) => {
                    ahead.extend(map.values().rev());
                    if let Some(target) = self.new_target(map) {
                        ahead.extend(schemas.get(&target));
                    }
                }
            }
        }
    }

    fn new_target(&mut self, map: &Map) -> Option<String> {
        let target = map.get("$ref")?.as_str()?;
        let name = target.strip_prefix("#/components/schemas/")?.to_owned();
        if !self.seen.insert(name.clone()) {
            return None;
        }
        self.names.push(name.clone());
        Some(name)
    }
}

//! Puts the document into reading order: an operation from its summary to its responses, schemas
//! in the order of the references to them.

use std::collections::HashSet;

use crate::node::{Data, Map, Node};
use crate::schema_reference::schema_name;

/// The keywords of an operation, in reading order.
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

/// Puts an operation into reading order.
pub(super) fn operation(mut node: Node) -> Node {
    if let Some(map) = node.as_map_mut() {
        put_first(map, &OPERATION);
    }
    node
}

/// Puts the components into reading order, and schemas into the order in which paths refer to them.
pub(super) fn components(document: &mut Node) {
    let Some(paths) = document.get("paths") else {
        return;
    };
    let mut order = ReferencedSchemas::default();
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

/// Moves `keys` to the front, in their order.
fn put_first(map: &mut Map, keys: &[impl AsRef<str>]) {
    let mut rest: Vec<Option<(String, Node)>> = Vec::with_capacity(map.len());
    let mut indices = std::collections::HashMap::new();
    for (key, node) in std::mem::take(map) {
        indices.insert(key.clone(), rest.len());
        rest.push(Some((key, node)));
    }
    for key in keys {
        let member = indices
            .get(key.as_ref())
            .and_then(|index| rest.get_mut(*index));
        if let Some((key, node)) = member.and_then(Option::take) {
            map.insert(key, node);
        }
    }
    map.extend(rest.into_iter().flatten());
}

/// The schemas that were referred to so far, in this order.
#[derive(Default)]
struct ReferencedSchemas {
    names: Vec<String>,
    seen: HashSet<String>,
}

impl ReferencedSchemas {
    /// Adds the targets of references below `node`, each followed by the targets below it.
    ///
    /// This keeps a list of pending nodes and does not recurse, because chains of references can
    /// be longer than documents are deep.
    fn walk(&mut self, node: &Node, schemas: &Map) {
        let mut pending = vec![node];
        while let Some(node) = pending.pop() {
            match &node.data {
                Data::Scalar(_) => {}
                Data::List(list) => pending.extend(list.iter().rev()),
                Data::Map(map) => {
                    pending.extend(map.values().rev());
                    if let Some(target) = self.new_target(map) {
                        pending.extend(schemas.get(&target));
                    }
                }
            }
        }
    }

    fn new_target(&mut self, map: &Map) -> Option<String> {
        let target = map.get("$ref")?.as_str()?;
        let name = schema_name(target)?.to_owned();
        if !self.seen.insert(name.clone()) {
            return None;
        }
        self.names.push(name.clone());
        Some(name)
    }
}

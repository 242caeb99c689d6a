//! Merges the components of all operations, and turns schemas that were components back into
//! references.

use std::collections::HashMap;

use serde_json::{Map as Object, Value};

use crate::log::Log;
use crate::node::{Data, Map, Node};
use crate::operation::Operation;
use crate::schema_reference::schema_reference;

/// Returns the components of all operations by section and name. A schema with the name of a
/// component becomes a reference, if the name is valid for it.
pub(super) fn resolve(operations: &mut [Operation], log: &mut Log) -> Map {
    let mut sections = merge(operations, log);
    let named = named_shapes(operations);
    let mut schemas = match sections.shift_remove("schemas") {
        Some(Node {
            data: Data::Map(map),
            ..
        }) => map,
        _ => Map::new(),
    };
    let valid = valid_names(named, &schemas);
    let mut resolver = Resolver {
        schemas: &mut schemas,
        valid: &valid,
        log,
    };
    for operation in operations.iter_mut() {
        resolver.node(&mut operation.node);
    }
    if let Some(first) = operations.first().filter(|_| !schemas.is_empty()) {
        let schemas = Node::map(schemas, &first.location);
        sections.insert("schemas".to_owned(), schemas);
    }
    sections
}

/// Merges the components of all operations; reports components that conflict.
fn merge(operations: &mut [Operation], log: &mut Log) -> Map {
    let mut sections = Map::new();
    for operation in operations {
        for (section, node) in std::mem::take(&mut operation.components) {
            let location = node.location.clone();
            let Data::Map(entries) = node.data else {
                continue;
            };
            let same = match section.as_str() {
                "securitySchemes" => has_same_keywords,
                _ => Node::is_same,
            };
            let merged = sections
                .entry(section)
                .or_insert_with(|| Node::map(Map::new(), &location));
            if let Some(merged) = merged.as_map_mut() {
                add(merged, entries, same, log);
            }
        }
    }
    sections
}

/// Whether two security schemes are the same, apart from their descriptions. An exporter may write
/// another one for each operation.
fn has_same_keywords(one: &Node, other: &Node) -> bool {
    let keywords = |scheme: &Node| {
        let mut map = scheme.as_map().cloned().unwrap_or_default();
        map.shift_remove("description");
        Node::map(map, &scheme.location)
    };
    one.as_map().is_some() && keywords(one).is_same(&keywords(other))
}

fn add(merged: &mut Map, entries: Map, same: fn(&Node, &Node) -> bool, log: &mut Log) {
    for (name, node) in entries {
        match merged.get(&name) {
            None => {
                merged.insert(name, node);
            }
            // The same node, from another operation of its fence.
            Some(known) if known.location == node.location => {}
            Some(known) if known.is_same(&node) => {}
            Some(known) if same(known, &node) => log.note(
                &node.location,
                format!(
                    "the description of `{name}` differs from that on line {}",
                    known.location.position.line
                ),
                "the first one is kept",
            ),
            Some(known) => log.report(
                &node.location,
                format!(
                    "conflicting definitions of the component `{name}`: this one differs from \
                     line {}",
                    known.location.position.line
                ),
                "import the operations from separate pages, or rename one of the two",
            ),
        }
    }
}

/// Returns the shapes of the schemas with each name, in page order.
fn named_shapes(operations: &[Operation]) -> HashMap<String, Vec<Value>> {
    let mut named = HashMap::new();
    for operation in operations {
        add_named_shapes(&operation.node, &mut named);
    }
    named
}

fn add_named_shapes(node: &Node, named: &mut HashMap<String, Vec<Value>>) {
    if let Some(name) = &node.component_name {
        let shape = shape(node);
        let shapes = named.entry(name.clone()).or_default();
        // Two different shapes are enough to know that the name is ambiguous.
        if shapes.len() < 2 && !shapes.contains(&shape) {
            shapes.push(shape);
        }
        return;
    }
    match &node.data {
        Data::Scalar(_) => {}
        Data::List(list) => list.iter().for_each(|node| add_named_shapes(node, named)),
        Data::Map(map) => map.values().for_each(|node| add_named_shapes(node, named)),
    }
}

/// Returns the shape that each valid name stands for: that of the component, or else the one that
/// all schemas with the name share.
fn valid_names(named: HashMap<String, Vec<Value>>, schemas: &Map) -> HashMap<String, Value> {
    named
        .into_iter()
        .filter_map(|(name, mut shapes)| {
            if let Some(component) = schemas.get(&name) {
                let shape = shape(component);
                return Some((name, shape));
            }
            let only = shapes.pop()?;
            (shapes.is_empty() && is_component_name(&name)).then_some((name, only))
        })
        .collect()
}

/// Whether OpenAPI allows this name for a component.
fn is_component_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Returns what identifies a schema. The exporter adds the type of an object, changes the
/// description, and drops extensions.
fn shape(node: &Node) -> Value {
    let Value::Object(mut object) = node.to_value() else {
        return node.to_value();
    };
    object.retain(|key, _| key != "description" && !key.starts_with("x-"));
    if object.contains_key("properties") {
        object
            .entry("type")
            .or_insert_with(|| Value::from("object"));
    }
    sort_required(&mut object);
    Value::Object(object)
}

fn sort_required(object: &mut Object<String, Value>) {
    if let Some(Value::Array(names)) = object.get_mut("required") {
        names.sort_by_cached_key(Value::to_string);
    }
    if object.get("required") == Some(&Value::Array(Vec::new())) {
        object.shift_remove("required");
    }
}

/// Replaces schemas with valid names by references.
struct Resolver<'a> {
    schemas: &'a mut Map,
    valid: &'a HashMap<String, Value>,
    log: &'a mut Log,
}

impl Resolver<'_> {
    fn node(&mut self, node: &mut Node) {
        if let Some(name) = node.component_name.take() {
            self.named(node, name);
            return;
        }
        match &mut node.data {
            Data::Scalar(_) => {}
            Data::List(list) => list.iter_mut().for_each(|node| self.node(node)),
            Data::Map(map) => map.values_mut().for_each(|node| self.node(node)),
        }
    }

    fn named(&mut self, node: &mut Node, name: String) {
        if self.valid.get(&name) != Some(&shape(node)) {
            self.log.note(
                &node.location,
                format!("`refIdentifier` names `{name}`, which is not valid for this schema"),
                "the schema is inlined, without a name",
            );
            return;
        }
        let location = node.location.clone();
        let target = schema_reference(&name);
        let reference = Node::object("$ref", Node::scalar(target, &location));
        let inline = std::mem::replace(node, reference);
        let action = if let Some(component) = self.schemas.get(&name) {
            if differs(component, &inline, "description") {
                "it is imported as a reference to the component, whose description differs"
            } else {
                "it is imported as a reference to the component"
            }
        } else {
            self.schemas.insert(name.clone(), inline);
            "it is imported as a component and a reference to it"
        };
        self.log.note(
            &location,
            format!("`refIdentifier` names this schema `{name}`"),
            action,
        );
    }
}

fn differs(one: &Node, other: &Node, key: &str) -> bool {
    let value = |node: &Node| node.get(key).map(Node::to_value);
    value(one) != value(other)
}

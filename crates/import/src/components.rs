//! The components of all operations as one set, and the schemas that were components once as
//! references to them.

use std::collections::HashMap;

use serde_json::{Map as Object, Value};

use crate::log::Log;
use crate::node::{Data, Map, Node};
use crate::operation::Operation;

/// One set of components, by section and name; the claims of schemas become references where
/// they are sound.
pub(crate) fn settle(operations: &mut [Operation], log: &mut Log) -> Map {
    let mut sections = pooled(operations, log);
    let claims = claims(operations);
    let mut schemas = match sections.shift_remove("schemas") {
        Some(Node {
            data: Data::Map(map),
            ..
        }) => map,
        _ => Map::new(),
    };
    let sound = sound(claims, &schemas);
    let mut settling = Settling {
        schemas: &mut schemas,
        sound: &sound,
        log,
    };
    for operation in operations.iter_mut() {
        settling.node(&mut operation.node);
    }
    if let Some(first) = operations.first().filter(|_| !schemas.is_empty()) {
        let schemas = Node::map(schemas, &first.place);
        sections.insert("schemas".to_owned(), schemas);
    }
    sections
}

/// The components of all operations; two of one name must say the same.
fn pooled(operations: &mut [Operation], log: &mut Log) -> Map {
    let mut sections = Map::new();
    for operation in operations {
        for (section, node) in std::mem::take(&mut operation.components) {
            let place = node.place.clone();
            let Data::Map(entries) = node.data else {
                continue;
            };
            let pool = sections
                .entry(section)
                .or_insert_with(|| Node::map(Map::new(), &place));
            if let Some(pool) = pool.as_map_mut() {
                add(pool, entries, log);
            }
        }
    }
    sections
}

fn add(pool: &mut Map, entries: Map, log: &mut Log) {
    for (name, node) in entries {
        match pool.get(&name) {
            None => {
                pool.insert(name, node);
            }
            // An operation's copy of the same node.
            Some(there) if there.place == node.place => {}
            Some(there) if there.is_same(&node) => {}
            Some(there) => log.refuse(
                &node.place,
                format!(
                    "the component `{name}` is another one on line {} of the page",
                    there.place.line
                ),
                "import the operations from pages of their own, or rename one of the two",
            ),
        }
    }
}

/// What each name is claimed by, in the order of the page.
fn claims(operations: &[Operation]) -> HashMap<String, Vec<Value>> {
    let mut claims = HashMap::new();
    for operation in operations {
        note_claims(&operation.node, &mut claims);
    }
    claims
}

fn note_claims(node: &Node, claims: &mut HashMap<String, Vec<Value>>) {
    if let Some(name) = &node.claim {
        let shape = shape(node);
        let shapes = claims.entry(name.clone()).or_default();
        // Two different ones are enough to know.
        if shapes.len() < 2 && !shapes.contains(&shape) {
            shapes.push(shape);
        }
        return;
    }
    match &node.data {
        Data::Scalar(_) => {}
        Data::List(list) => list.iter().for_each(|node| note_claims(node, claims)),
        Data::Map(map) => map.values().for_each(|node| note_claims(node, claims)),
    }
}

/// The shape that each claimed name soundly stands for: its component's, or else the one that
/// all who claim it have.
fn sound(claims: HashMap<String, Vec<Value>>, schemas: &Map) -> HashMap<String, Value> {
    claims
        .into_iter()
        .filter_map(|(name, mut shapes)| {
            if let Some(component) = schemas.get(&name) {
                let shape = shape(component);
                return Some((name, shape));
            }
            let only = shapes.pop()?;
            (shapes.is_empty() && is_name(&name)).then_some((name, only))
        })
        .collect()
}

/// Whether OpenAPI takes this as a component's name.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// What makes a schema the one it is. The exporter adds the type of an object, words of the
/// place, and loses extensions.
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

/// Puts references where claims are sound.
struct Settling<'a> {
    schemas: &'a mut Map,
    sound: &'a HashMap<String, Value>,
    log: &'a mut Log,
}

impl Settling<'_> {
    fn node(&mut self, node: &mut Node) {
        if let Some(name) = node.claim.take() {
            self.claim(node, name);
            return;
        }
        match &mut node.data {
            Data::Scalar(_) => {}
            Data::List(list) => list.iter_mut().for_each(|node| self.node(node)),
            Data::Map(map) => map.values_mut().for_each(|node| self.node(node)),
        }
    }

    fn claim(&mut self, node: &mut Node, name: String) {
        if self.sound.get(&name) != Some(&shape(node)) {
            self.log.note(
                &node.place,
                format!("`refIdentifier` names `{name}`, and this schema is not soundly that one"),
                "the schema is written where it stands, without a name",
            );
            return;
        }
        let place = node.place.clone();
        let target = format!("#/components/schemas/{name}");
        let reference = Node::object("$ref", Node::scalar(target, &place));
        let inline = std::mem::replace(node, reference);
        let what = if let Some(component) = self.schemas.get(&name) {
            if differs(component, &inline, "description") {
                "became a reference to the component, whose description is another one"
            } else {
                "became a reference to the component"
            }
        } else {
            self.schemas.insert(name.clone(), inline);
            "became a component and a reference to it"
        };
        self.log.note(
            &place,
            format!("this schema is `{name}`, as `refIdentifier` says"),
            &format!("it {what}"),
        );
    }
}

fn differs(one: &Node, other: &Node, key: &str) -> bool {
    let value = |node: &Node| node.get(key).map(Node::to_value);
    value(one) != value(other)
}

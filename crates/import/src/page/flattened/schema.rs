//! Reconstructs schemas that the exporter flattened.
//!
//! The exporter flattens the outermost object only: each of its properties, and its items, become
//! a list of parts under `allOf`, its `required` becomes `requiredProperties`, and `refIdentifier`
//! has the reference to the component that it was, if it was one. The schemas below are as
//! published.

use std::collections::HashSet;
use std::rc::Rc;

use crate::dialect;
use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};
use crate::schema_reference::schema_name;

/// A reconstructed schema, and what the exporter wrote into it about its parent.
pub(crate) struct Flattened {
    pub(crate) node: Node,
    /// Whether what the schema describes is required, if the exporter says so.
    pub(crate) required: Option<bool>,
}

/// Reconstructs one flattened schema.
pub(crate) fn flattened(node: Node, log: &mut Log) -> Flattened {
    let Node { data, location, .. } = node;
    let mut outer = Outer::default();
    let data = match data {
        Data::Map(map) => {
            let mut object = Map::new();
            for (key, value) in map {
                if let Some((key, value)) = outer.member(key, value, log) {
                    add(&mut object, key, value);
                }
            }
            Data::Map(object)
        }
        other => other,
    };
    let mut node = dialect::schema(Node::new(data, &location), log);
    node.component_name = outer.component_name(log);
    Flattened {
        node,
        required: outer.required,
    }
}

/// Adds a keyword. Names in `required` may come from `requiredProperties` too.
fn add(object: &mut Map, key: String, value: Node) {
    let known = object.get_mut(&key).map(|node| &mut node.data);
    match (known, value.data) {
        (Some(Data::List(names)), Data::List(more)) => {
            let text = |name: &Node| name.to_value().to_string();
            let known: HashSet<String> = names.iter().map(text).collect();
            names.extend(more.into_iter().filter(|name| !known.contains(&text(name))));
        }
        (_, data) => {
            object.insert(key, Node { data, ..value });
        }
    }
}

/// What the outermost object has in addition to keywords of schemas.
#[derive(Default)]
struct Outer {
    required: Option<bool>,
    identifier: Option<(String, Rc<NodeLocation>)>,
    /// A property that is merged from several schemas, so that the object is none of them.
    merged: Option<String>,
}

impl Outer {
    fn member(&mut self, key: String, value: Node, log: &mut Log) -> Option<(String, Node)> {
        match key.as_str() {
            "required" if value.as_bool().is_some() => {
                self.required = value.as_bool();
                return None;
            }
            "refIdentifier" => {
                self.identifier(&value, log);
                return None;
            }
            "requiredProperties" => return Some(("required".to_owned(), value)),
            "properties" => return Some((key, self.properties(value, log))),
            "items" => return Some((key, self.part(value, "items", log))),
            _ => {}
        }
        Some((key, value))
    }

    fn identifier(&mut self, value: &Node, log: &mut Log) {
        let name = value.as_str().and_then(schema_name);
        match name {
            Some(name) => self.identifier = Some((name.to_owned(), Rc::clone(&value.location))),
            None => log.report(
                &value.location,
                "invalid `refIdentifier`: expected a schema of `components`",
                "write `#/components/schemas/NAME`, or delete it",
            ),
        }
    }

    fn properties(&mut self, node: Node, log: &mut Log) -> Node {
        let Node { data, location, .. } = node;
        let data = match data {
            Data::Map(map) => Data::Map(
                map.into_iter()
                    .map(|(name, value)| {
                        let part = self.part(value, &name, log);
                        (name, part)
                    })
                    .collect(),
            ),
            other => other,
        };
        Node::new(data, &location)
    }

    /// Reconstructs a property or the items: one part is the schema itself, several are merged.
    fn part(&mut self, node: Node, name: &str, log: &mut Log) -> Node {
        let only_parts = node.as_map().is_some_and(|map| map.len() == 1);
        let Some(parts) = node.get("allOf").and_then(Node::as_list) else {
            return node;
        };
        if !only_parts {
            return node;
        }
        match parts {
            [] => {
                log.note(
                    &node.location,
                    format!("`allOf` of `{name}` is empty"),
                    "it is imported as a schema that allows anything",
                );
                Node::map(Map::new(), &node.location)
            }
            [one] => one.clone(),
            _ => {
                self.merged.get_or_insert_with(|| name.to_owned());
                merge(parts, &node.location)
            }
        }
    }

    /// Returns the name of the component that the schema was.
    fn component_name(&self, log: &mut Log) -> Option<String> {
        let (name, location) = self.identifier.as_ref()?;
        if let Some(property) = &self.merged {
            log.note(
                location,
                format!(
                    "`refIdentifier` names `{name}`, but `{property}` is merged from several schemas"
                ),
                "the merged schema is inlined, without a name",
            );
            return None;
        }
        Some(name.clone())
    }
}

/// The limit of parts to compare with each other. More parts are not deduplicated.
const PARTS_LIMIT: usize = 32;

/// Merges schemas that apply together into one, or puts them into `allOf` if they conflict.
fn merge(parts: &[Node], location: &Rc<NodeLocation>) -> Node {
    let parts = if parts.len() > PARTS_LIMIT {
        parts.to_vec()
    } else {
        distinct(parts)
    };
    merge_keywords(&parts).map_or_else(
        || Node::object("allOf", Node::list(parts, location)),
        |map| Node::map(map, location),
    )
}

fn merge_keywords(distinct: &[Node]) -> Option<Map> {
    let mut all = Map::new();
    let several = distinct.len() > 1;
    for part in distinct {
        let map = part.as_map()?;
        // Siblings of `$ref` would be ignored.
        if several && map.contains_key("$ref") {
            return None;
        }
        for (key, node) in map {
            match all.get(key) {
                Some(there) if !there.is_same(node) => return None,
                Some(_) => {}
                None => {
                    all.insert(key.clone(), node.clone());
                }
            }
        }
    }
    Some(all)
}

fn distinct(parts: &[Node]) -> Vec<Node> {
    let mut distinct: Vec<Node> = Vec::new();
    for part in parts {
        if !distinct.iter().any(|there| there.is_same(part)) {
            distinct.push(part.clone());
        }
    }
    distinct
}

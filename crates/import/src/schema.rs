//! Schemas as the exporter flattens them: what it took apart is put together again.
//!
//! It takes apart the outermost object only: each of its properties became a list of parts
//! under `allOf`, its items as well, its `required` became `requiredProperties`, and
//! `refIdentifier` names the component that it was, if it was one. Below that, schemas are
//! the publisher's own.

use std::rc::Rc;

use crate::dialect;
use crate::log::Log;
use crate::node::{Data, Map, Node, Place};

/// A schema, and what the exporter wrote into it that is not its own.
pub(crate) struct Flattened {
    pub(crate) node: Node,
    /// Whether what the schema describes must be there.
    pub(crate) required: bool,
}

/// Puts one flattened schema together.
pub(crate) fn flattened(node: Node, log: &mut Log) -> Flattened {
    let Node { data, place, .. } = node;
    let mut outer = Outer::default();
    let data = match data {
        Data::Map(map) => Data::Map(
            map.into_iter()
                .filter_map(|(key, value)| outer.member(key, value, log))
                .collect(),
        ),
        other => other,
    };
    let mut node = dialect::schema(Node::new(data, &place), log);
    node.claim = outer.claim(log);
    Flattened {
        node,
        required: outer.required,
    }
}

/// What is found beside the keywords of the outermost object.
#[derive(Default)]
struct Outer {
    required: bool,
    identifier: Option<(String, Rc<Place>)>,
    /// A property that came from several schemas: the object is none of them.
    merged: Option<String>,
}

impl Outer {
    fn member(&mut self, key: String, value: Node, log: &mut Log) -> Option<(String, Node)> {
        match key.as_str() {
            "required" if value.as_bool().is_some() => {
                self.required = value.as_bool() == Some(true);
                return None;
            }
            "refIdentifier" => {
                self.identifier(&value, log);
                return None;
            }
            "requiredProperties" => return Some(("required".to_owned(), value)),
            "properties" => return Some((key, self.properties(value))),
            "items" => return Some((key, self.part(value, "items"))),
            _ => {}
        }
        Some((key, value))
    }

    fn identifier(&mut self, value: &Node, log: &mut Log) {
        let name = value
            .as_str()
            .and_then(|text| text.strip_prefix("#/components/schemas/"));
        match name {
            Some(name) => self.identifier = Some((name.to_owned(), Rc::clone(&value.place))),
            None => log.refuse(
                &value.place,
                "`refIdentifier` names no schema of `components`",
                "write `#/components/schemas/NAME`, or delete it",
            ),
        }
    }

    fn properties(&mut self, node: Node) -> Node {
        let Node { data, place, .. } = node;
        let data = match data {
            Data::Map(map) => Data::Map(
                map.into_iter()
                    .map(|(name, value)| {
                        let part = self.part(value, &name);
                        (name, part)
                    })
                    .collect(),
            ),
            other => other,
        };
        Node::new(data, &place)
    }

    /// A property or the items: one part is the schema itself, several are put together.
    fn part(&mut self, node: Node, name: &str) -> Node {
        let only_parts = node.as_map().is_some_and(|map| map.len() == 1);
        let Some(parts) = node.get("allOf").and_then(Node::as_list) else {
            return node;
        };
        if !only_parts {
            return node;
        }
        match parts {
            [one] => one.clone(),
            _ => {
                self.merged.get_or_insert_with(|| name.to_owned());
                together(parts, &node.place)
            }
        }
    }

    /// The component that the schema says it is.
    fn claim(&self, log: &mut Log) -> Option<String> {
        let (name, place) = self.identifier.as_ref()?;
        if let Some(property) = &self.merged {
            log.note(
                place,
                format!(
                    "`refIdentifier` names `{name}`, but `{property}` came from several schemas"
                ),
                "the merged schema is written where it stands, without a name",
            );
            return None;
        }
        Some(name.clone())
    }
}

/// How many parts are compared with each other; more are left as they stand.
const PARTS_LIMIT: usize = 32;

/// Several schemas that hold at once: one, where no keyword of them says different things.
fn together(parts: &[Node], place: &Rc<Place>) -> Node {
    let parts = if parts.len() > PARTS_LIMIT {
        parts.to_vec()
    } else {
        distinct(parts)
    };
    merged(&parts).map_or_else(
        || Node::object("allOf", Node::list(parts, place)),
        |map| Node::map(map, place),
    )
}

fn merged(distinct: &[Node]) -> Option<Map> {
    let mut all = Map::new();
    let several = distinct.len() > 1;
    for part in distinct {
        let map = part.as_map()?;
        // What stands beside `$ref` does not count.
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

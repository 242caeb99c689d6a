//! A value whose nodes know their location on the page.

use std::collections::HashMap;
use std::rc::Rc;

use bigmodel_rerank_openapi::{Pointer, Position};
use indexmap::IndexMap;
use serde_json::Value;

/// Where a node is on the page, and its pointer in the document of its fence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodeLocation {
    pub(crate) position: Position,
    pub(crate) pointer: Pointer,
}

/// The members of an object, in document order.
pub(crate) type Map = IndexMap<String, Node>;

/// A node of a document.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    pub(crate) location: Rc<NodeLocation>,
    /// The name of the component that this schema is, according to the page.
    pub(crate) component_name: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Data {
    /// Null, a boolean, a number or a string.
    Scalar(Value),
    List(Vec<Node>),
    Map(Map),
}

impl Node {
    pub(crate) fn new(data: Data, location: &Rc<NodeLocation>) -> Self {
        Self {
            data,
            location: Rc::clone(location),
            component_name: None,
        }
    }

    /// A scalar that is derived from something at `location`.
    pub(crate) fn scalar(value: impl Into<Value>, location: &Rc<NodeLocation>) -> Self {
        Self::new(Data::Scalar(value.into()), location)
    }

    pub(crate) fn list(items: Vec<Self>, location: &Rc<NodeLocation>) -> Self {
        Self::new(Data::List(items), location)
    }

    pub(crate) fn map(map: Map, location: &Rc<NodeLocation>) -> Self {
        Self::new(Data::Map(map), location)
    }

    /// An object with one member, at the location of that member.
    pub(crate) fn object(key: &str, member: Self) -> Self {
        let location = Rc::clone(&member.location);
        Self::map(Map::from([(key.to_owned(), member)]), &location)
    }

    pub(crate) fn as_map(&self) -> Option<&Map> {
        match &self.data {
            Data::Map(map) => Some(map),
            Data::Scalar(_) | Data::List(_) => None,
        }
    }

    pub(crate) fn as_map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.data {
            Data::Map(map) => Some(map),
            Data::Scalar(_) | Data::List(_) => None,
        }
    }

    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match &self.data {
            Data::List(list) => Some(list),
            Data::Scalar(_) | Data::Map(_) => None,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        self.as_scalar().and_then(Value::as_str)
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        self.as_scalar().and_then(Value::as_bool)
    }

    pub(crate) fn as_scalar(&self) -> Option<&Value> {
        match &self.data {
            Data::Scalar(value) => Some(value),
            Data::List(_) | Data::Map(_) => None,
        }
    }

    /// The member `key` of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?.get(key)
    }

    /// Whether this is an empty object or list.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.data {
            Data::Scalar(_) => false,
            Data::List(list) => list.is_empty(),
            Data::Map(map) => map.is_empty(),
        }
    }

    /// The number of nodes in this one, itself included.
    pub(crate) fn size(&self) -> usize {
        1 + match &self.data {
            Data::Scalar(_) => 0,
            Data::List(list) => list.iter().map(Self::size).sum(),
            Data::Map(map) => map.values().map(Self::size).sum::<usize>(),
        }
    }

    /// The kind of this value, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.data {
            Data::Scalar(Value::Null) => "null",
            Data::Scalar(Value::Bool(_)) => "a boolean",
            Data::Scalar(Value::Number(_)) => "a number",
            Data::Scalar(_) => "a string",
            Data::List(_) => "a list",
            Data::Map(_) => "an object",
        }
    }

    /// Whether both are equal values, wherever they are located.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.data, &other.data) {
            (Data::Scalar(one), Data::Scalar(other)) => one == other,
            (Data::List(one), Data::List(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| one.is_same(other))
            }
            (Data::Map(one), Data::Map(other)) => {
                let same = |(key, node): (&String, &Self)| {
                    other.get(key).is_some_and(|other| node.is_same(other))
                };
                one.len() == other.len() && one.iter().all(same)
            }
            _ => false,
        }
    }

    /// The value without locations.
    pub(crate) fn to_value(&self) -> Value {
        match &self.data {
            Data::Scalar(value) => value.clone(),
            Data::List(list) => list.iter().map(Self::to_value).collect(),
            Data::Map(map) => map
                .iter()
                .map(|(key, node)| (key.clone(), node.to_value()))
                .collect(),
        }
    }

    /// The position of each node, by its pointer from here.
    pub(crate) fn positions(&self) -> HashMap<Pointer, Position> {
        let mut positions = HashMap::new();
        self.add_positions(Pointer::root(), &mut positions);
        positions
    }

    fn add_positions(&self, at: Pointer, positions: &mut HashMap<Pointer, Position>) {
        match &self.data {
            Data::Scalar(_) => {}
            Data::List(list) => {
                for (index, node) in list.iter().enumerate() {
                    node.add_positions(at.index(index), positions);
                }
            }
            Data::Map(map) => {
                for (key, node) in map {
                    node.add_positions(at.key(key), positions);
                }
            }
        }
        positions.insert(at, self.location.position);
    }
}

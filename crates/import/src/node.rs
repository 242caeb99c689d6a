//! A value that knows where on the page each of its nodes stood, through every step.

use std::collections::HashMap;
use std::rc::Rc;

use bigmodel_rerank_openapi::Pointer;
use indexmap::IndexMap;
use serde_json::Value;

/// Where a node stood on the page, and its address in the fence's document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) pointer: Pointer,
}

/// The members of an object, in their order.
pub(crate) type Map = IndexMap<String, Node>;

/// One node of a document.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    pub(crate) place: Rc<Place>,
    /// The component that the page says this schema is.
    pub(crate) claim: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Data {
    /// Null, a boolean, a number or a string.
    Scalar(Value),
    List(Vec<Node>),
    Map(Map),
}

impl Node {
    pub(crate) fn new(data: Data, place: &Rc<Place>) -> Self {
        Self {
            data,
            place: Rc::clone(place),
            claim: None,
        }
    }

    /// A scalar that stands for something at `place`.
    pub(crate) fn scalar(value: impl Into<Value>, place: &Rc<Place>) -> Self {
        Self::new(Data::Scalar(value.into()), place)
    }

    pub(crate) fn list(items: Vec<Self>, place: &Rc<Place>) -> Self {
        Self::new(Data::List(items), place)
    }

    pub(crate) fn map(map: Map, place: &Rc<Place>) -> Self {
        Self::new(Data::Map(map), place)
    }

    /// An object of one member, standing where the member does.
    pub(crate) fn object(key: &str, member: Self) -> Self {
        let place = Rc::clone(&member.place);
        Self::map(Map::from([(key.to_owned(), member)]), &place)
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

    /// The member `key`, if this is an object that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?.get(key)
    }

    /// Whether this is an object or a list without anything in it.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.data {
            Data::Scalar(_) => false,
            Data::List(list) => list.is_empty(),
            Data::Map(map) => map.is_empty(),
        }
    }

    /// How many nodes this one has, itself included.
    pub(crate) fn size(&self) -> usize {
        1 + match &self.data {
            Data::Scalar(_) => 0,
            Data::List(list) => list.iter().map(Self::size).sum(),
            Data::Map(map) => map.values().map(Self::size).sum::<usize>(),
        }
    }

    /// What kind of value this is, for people.
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

    /// Whether both are the same value, wherever they stand.
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

    /// The bare value.
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

    /// The place of each node, by its address from here.
    pub(crate) fn places(&self) -> HashMap<Pointer, (usize, usize)> {
        let mut places = HashMap::new();
        self.note_places(Pointer::root(), &mut places);
        places
    }

    fn note_places(&self, at: Pointer, places: &mut HashMap<Pointer, (usize, usize)>) {
        match &self.data {
            Data::Scalar(_) => {}
            Data::List(list) => {
                for (index, node) in list.iter().enumerate() {
                    node.note_places(at.index(index), places);
                }
            }
            Data::Map(map) => {
                for (key, node) in map {
                    node.note_places(at.key(key), places);
                }
            }
        }
        places.insert(at, (self.place.line, self.place.column));
    }
}

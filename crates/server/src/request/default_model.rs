//! A deserializer that adds the default model to a request without one.
//!
//! The contract requires `model`, and one of the two documented requests leaves it out; others
//! send null for it, as for any field they do not set. The
//! field is added while the request is read, so that the contract's own type reads it and no
//! second description of a request is needed here.

use std::fmt;

use bigmodel_rerank_api::types::Model;
use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

const FIELD: &str = "model";

/// Reads what the inner deserializer has, and the default model if that has none.
pub(super) struct WithModel<D>(pub(super) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for WithModel<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Object(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum
        identifier ignored_any
    }
}

/// Takes an object and nothing else.
struct Object<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Object<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Fields {
            map,
            model: Needed::Wanted,
        })
    }
}

/// What is to be done about the default model.
#[derive(Clone, Copy, PartialEq)]
enum Needed {
    /// No model has come yet.
    Wanted,
    /// The request has the field; its value comes next, and may be null.
    Given,
    /// The name of the field was given out, its value comes next.
    Next,
    /// There is a model.
    Settled,
}

/// The fields of an object, and then the default model if there was none.
struct Fields<A> {
    map: A,
    model: Needed,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.map.next_key::<String>()? {
            Some(name) => {
                if name == FIELD {
                    self.model = Needed::Given;
                }
                let name: StringDeserializer<A::Error> = name.into_deserializer();
                seed.deserialize(name).map(Some)
            }
            None if self.model == Needed::Wanted => {
                self.model = Needed::Next;
                let name: StrDeserializer<'_, A::Error> = FIELD.into_deserializer();
                seed.deserialize(name).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match std::mem::replace(&mut self.model, Needed::Settled) {
            // Another field, before or after the model.
            Needed::Wanted => {
                self.model = Needed::Wanted;
                return self.map.next_value_seed(seed);
            }
            Needed::Settled => return self.map.next_value_seed(seed),
            Needed::Given => match self.map.next_value()? {
                Value::Null => {}
                model => return seed.deserialize(model).map_err(A::Error::custom),
            },
            Needed::Next => {}
        }
        let model: StrDeserializer<'_, A::Error> = Model::Rerank.as_str().into_deserializer();
        seed.deserialize(model)
    }
}

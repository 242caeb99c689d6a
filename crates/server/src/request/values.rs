//! Values of a request, parsed within their limits.

use std::fmt;

use bigmodel_rerank_api::types::Model;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// The maximum length of the kept name of an unknown model, in characters. Messages repeat less.
const MAX_MODEL_NAME: usize = 256;

/// A text, or the number of its characters if they are more than `LIMIT`.
pub(super) enum Text<const LIMIT: usize> {
    Kept(String),
    Long(usize),
}

impl<'de, const LIMIT: usize> Deserialize<'de> for Text<LIMIT> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor<const LIMIT: usize>;

impl<const LIMIT: usize> Visitor<'_> for TextVisitor<LIMIT> {
    type Value = Text<LIMIT>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        // A text never has more characters than bytes, so most texts need not be counted.
        if text.len() > LIMIT {
            let characters = text.chars().count();
            if characters > LIMIT {
                return Ok(Text::Long(characters));
            }
        }
        Ok(Text::Kept(text.to_owned()))
    }
}

/// The name of a model, in upper or lower case.
pub(super) enum ModelName {
    Listed(Model),
    /// The beginning of an unknown name.
    Unknown(String),
}

impl<'de> Deserialize<'de> for ModelName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(ModelVisitor)
    }
}

struct ModelVisitor;

impl Visitor<'_> for ModelVisitor {
    type Value = ModelName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, name: &str) -> Result<ModelName, E> {
        let listed = Model::KNOWN
            .iter()
            .find(|model| model.as_str().eq_ignore_ascii_case(name));
        Ok(match listed {
            Some(model) => ModelName::Listed(model.clone()),
            None => ModelName::Unknown(name.chars().take(MAX_MODEL_NAME).collect()),
        })
    }
}

/// An integer as JSON Schema defines it, which includes `1.0`, `1e2` and `-0`. Values beyond 64
/// bits saturate.
pub(super) struct Integer(pub(super) i64);

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(IntegerVisitor)
    }
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = Integer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Integer, E> {
        Ok(Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Integer, E> {
        Ok(Integer(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Integer, E> {
        if value.fract() == 0.0 {
            // The conversion saturates.
            Ok(Integer(value as i64))
        } else {
            Err(E::invalid_type(Unexpected::Float(value), &self))
        }
    }
}

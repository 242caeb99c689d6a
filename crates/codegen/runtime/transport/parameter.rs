//! The values of parameters, as the texts that styles are made of.

use serde::Serialize;
use serde_json::Value;

use super::value_text::value_text;
use crate::error::Error;

/// A value of a parameter.
pub(crate) enum Parameter {
    /// Null: the parameter is not sent.
    Absent,
    /// A single value.
    Text(String),
    /// A list, without the items that are null.
    List(Vec<String>),
    /// An object, without the members that are null.
    Members(Vec<(String, String)>),
}

/// Returns a value as texts. Lists and objects within lists and objects become JSON.
pub(crate) fn parameter<E>(value: &(impl Serialize + ?Sized)) -> Result<Parameter, Error<E>> {
    let value = serde_json::to_value(value).map_err(Error::Encode)?;
    Ok(match value {
        Value::Array(items) => Parameter::List(items.into_iter().filter_map(value_text).collect()),
        Value::Object(members) => {
            let members = members.into_iter();
            let texts = members.filter_map(|(name, value)| Some((name, value_text(value)?)));
            Parameter::Members(texts.collect())
        }
        other => value_text(other).map_or(Parameter::Absent, Parameter::Text),
    })
}

//! The values of parameters, as the texts that styles are made of.

use serde::Serialize;
use serde_json::Value;

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
        Value::Array(items) => Parameter::List(items.into_iter().filter_map(text).collect()),
        Value::Object(members) => {
            let members = members.into_iter();
            let texts = members.filter_map(|(name, value)| Some((name, text(value)?)));
            Parameter::Members(texts.collect())
        }
        other => text(other).map_or(Parameter::Absent, Parameter::Text),
    })
}

/// The text of a single value; `None` for null.
pub(super) fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        // As Rust writes it: 1, where JSON has 1.0.
        Value::Number(number) if number.is_f64() => number.as_f64().map(|it| it.to_string()),
        other => Some(other.to_string()),
    }
}

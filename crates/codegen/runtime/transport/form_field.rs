//! Values in forms in `multipart/form-data`.

use reqwest::multipart::Part;
use serde::Serialize;
use serde_json::Value;

use super::multipart::Multipart;
use crate::error::Error;

impl Multipart {
    /// Adds a value, each item of a list by itself: objects as JSON, other values as text, and
    /// null not at all. `media_type` is what the contract says of the property, or else empty.
    pub(crate) fn field<E>(
        &mut self,
        name: &str,
        value: &(impl Serialize + ?Sized),
        media_type: &str,
    ) -> Result<(), Error<E>> {
        let values = match serde_json::to_value(value).map_err(Error::Encode)? {
            Value::Array(items) => items,
            value => vec![value],
        };
        let is_json = media_type.contains("json");
        for value in values {
            let (text, default) = match value {
                Value::Null => continue,
                Value::String(text) if !is_json => (text, None),
                // As Rust writes it: 1, where JSON has 1.0.
                Value::Number(number) if number.is_f64() => {
                    (number.as_f64().unwrap_or_default().to_string(), None)
                }
                value if value.is_object() || value.is_array() => {
                    (value.to_string(), Some("application/json"))
                }
                value => (value.to_string(), None),
            };
            let media_type = (!media_type.is_empty()).then_some(media_type).or(default);
            self.add(name, Part::text(text), media_type)?;
        }
        Ok(())
    }
}

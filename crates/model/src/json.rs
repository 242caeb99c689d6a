//! Configuration files in JSON.

use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::LoadError;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Object,
    Array,
}

/// Reads a file, with or without a byte order mark; `None` if there is none.
pub(crate) fn optional<T: DeserializeOwned>(
    file: &Path,
    shape: Shape,
) -> Result<Option<T>, LoadError> {
    if !file.exists() {
        return Ok(None);
    }
    let bytes = std::fs::read(file).map_err(|error| LoadError::invalid(file, error))?;
    let value = parse(&bytes, shape).map_err(|reason| LoadError::invalid(file, reason))?;
    let value = serde_json::from_value(value);
    value
        .map(Some)
        .map_err(|error| LoadError::invalid(file, error))
}

fn parse(bytes: &[u8], shape: Shape) -> Result<Value, String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("it is UTF-16; save it as UTF-8".to_owned());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err("it is empty; copy it from where the model is from".to_owned());
    }
    let value: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let found = match &value {
        Value::Object(_) if shape == Shape::Object => return Ok(value),
        Value::Array(_) if shape == Shape::Array => return Ok(value),
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
    };
    let expected = match shape {
        Shape::Object => "an object",
        Shape::Array => "an array",
    };
    Err(format!("it holds {found}, expected {expected}"))
}

#[cfg(test)]
mod tests {
    use super::{Shape, parse};

    #[test]
    fn a_file_with_something_else_is_described() {
        for (bytes, shape, message) in [
            (
                &b"[]"[..],
                Shape::Object,
                "it holds an array, expected an object",
            ),
            (b"null", Shape::Object, "it holds null, expected an object"),
            (b"{}", Shape::Array, "it holds an object, expected an array"),
            (
                b"\xef\xbb\xbf7",
                Shape::Array,
                "it holds a number, expected an array",
            ),
            (b" \n", Shape::Object, "it is empty"),
            (b"\xff\xfe{\0}\0", Shape::Object, "it is UTF-16"),
            (b"{", Shape::Object, "EOF while parsing"),
        ] {
            let error = parse(bytes, shape).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
        assert!(parse(b"\xef\xbb\xbf{}", Shape::Object).is_ok());
    }
}

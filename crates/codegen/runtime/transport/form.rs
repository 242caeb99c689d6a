//! Forms in `application/x-www-form-urlencoded`, as the URL standard writes them.

use serde::Serialize;
use serde_json::Value;

use super::form_style::FormStyle;
use crate::error::Error;

/// Writes a form. Lists are repeated and objects are JSON, unless `styles` says otherwise; null is
/// not written.
pub(crate) fn form<E>(
    body: &(impl Serialize + ?Sized),
    styles: &[(&str, FormStyle)],
) -> Result<String, Error<E>> {
    let Value::Object(members) = serde_json::to_value(body).map_err(Error::Encode)? else {
        let message = "the body of a form has to be an object";
        return Err(Error::Encode(serde::ser::Error::custom(message)));
    };
    let mut pairs = Vec::new();
    for (name, value) in members {
        let style = styles.iter().find(|(styled, _)| *styled == name);
        match style.map(|(_, style)| style) {
            None => add(&name, value, &mut pairs),
            Some(FormStyle::Json) => {
                if !value.is_null() {
                    pairs.push((name, value.to_string()));
                }
            }
            Some(FormStyle::Exploded) => match value {
                Value::Object(members) => {
                    for (name, value) in members {
                        add(&name, value, &mut pairs);
                    }
                }
                value => add(&name, value, &mut pairs),
            },
            Some(FormStyle::Joined(between)) => {
                let texts: Vec<_> = match value {
                    Value::Array(items) => items.into_iter().filter_map(text).collect(),
                    Value::Object(members) => members
                        .into_iter()
                        .filter_map(|(name, value)| Some([name, text(value)?]))
                        .flatten()
                        .collect(),
                    value => text(value).into_iter().collect(),
                };
                if !texts.is_empty() {
                    pairs.push((name, texts.join(between)));
                }
            }
            Some(FormStyle::Deep) => add_deep(name, value, &mut pairs),
        }
    }
    let pairs = pairs.into_iter().map(|(name, value)| encoded(&name) + "=" + &encoded(&value));
    Ok(pairs.collect::<Vec<_>>().join("&"))
}

/// Adds a value; each item of a list by itself.
fn add(name: &str, value: Value, pairs: &mut Vec<(String, String)>) {
    let values = match value {
        Value::Array(items) => items,
        value => vec![value],
    };
    for value in values.into_iter().filter_map(text) {
        pairs.push((name.to_owned(), value));
    }
}

fn add_deep(name: String, value: Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                add_deep(format!("{name}[{member}]"), value, pairs);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.into_iter().enumerate() {
                add_deep(format!("{name}[{index}]"), value, pairs);
            }
        }
        value => add(&name, value, pairs),
    }
}

/// A value as text, which is JSON if it is a list or an object; `None` for null.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        // As Rust writes it: 1, where JSON has 1.0.
        Value::Number(number) if number.is_f64() => number.as_f64().map(|it| it.to_string()),
        other => Some(other.to_string()),
    }
}

/// Encodes all but letters, digits and `*-._`, and a space as `+`.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'*' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

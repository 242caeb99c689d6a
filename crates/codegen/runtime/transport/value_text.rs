//! Single values as texts.

use serde_json::Value;

/// The text of a single value; `None` for null.
pub(super) fn value_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        // As Rust writes it: 1, where JSON has 1.0.
        Value::Number(number) if number.is_f64() => number.as_f64().map(|it| it.to_string()),
        other => Some(other.to_string()),
    }
}

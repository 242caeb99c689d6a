//! Parameters of style `deepObject`.

use serde::Serialize;
use serde_json::Value;

use super::encoded_list::encoded_list;
use super::value_text::value_text;
use crate::error::Error;

/// Returns an object as `name[member]=value`, percent-encoded and joined with `&`. Objects within
/// it go on as `name[member][inner]=value`, and lists as `name[member][0]=value`.
pub(crate) fn deep_object<E>(
    name: &str,
    value: &(impl Serialize + ?Sized),
) -> Result<String, Error<E>> {
    let value = serde_json::to_value(value).map_err(Error::Encode)?;
    let mut pairs = Vec::new();
    add(encoded_list([name], "", ""), value, &mut pairs);
    Ok(pairs.join("&"))
}

/// Adds the pairs of a value whose encoded name is `name`.
fn add(name: String, value: Value, pairs: &mut Vec<String>) {
    let inner = |member: &str| format!("{name}%5B{}%5D", encoded_list([member], "", ""));
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                add(inner(&member), value, pairs);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.into_iter().enumerate() {
                add(inner(&index.to_string()), item, pairs);
            }
        }
        other => {
            if let Some(text) = value_text(other) {
                pairs.push(format!("{name}={}", encoded_list([text], "", "")));
            }
        }
    }
}

//! Unions with a tag: the property that says which branch a value is.

use serde::ser::{Error, Serialize, Serializer};
use serde_json::Value;

/// Writes a branch, and sets the tag unless the value has one of the branch's tags.
pub(crate) fn tagged<S: Serializer>(
    branch: &impl Serialize,
    tag: &str,
    tags: &[&str],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // By way of text, since a JSON value would turn the number 0.1 of 32 bits into one of 64.
    let text = serde_json::to_string(branch).map_err(S::Error::custom)?;
    let mut json: Value = serde_json::from_str(&text).map_err(S::Error::custom)?;
    let found = json.get(tag).and_then(Value::as_str).unwrap_or_default();
    if let (false, Some(first), Value::Object(members)) =
        (tags.contains(&found), tags.first(), &mut json)
    {
        members.insert(tag.to_owned(), Value::from(*first));
        return json.serialize(serializer);
    }
    branch.serialize(serializer)
}

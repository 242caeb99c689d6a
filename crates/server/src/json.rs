//! Parses JSON into types, and says in terms of JSON which value is invalid.

use std::fmt;

use serde::Deserialize;
use serde_json::error::Category;
use serde_path_to_error::{Deserializer, Track};

use crate::failure::Failure;

/// How serde begins the message for a value that no variant of an untagged enum accepts.
const NO_VARIANT: &str = "data did not match any variant of untagged enum";

/// Why a value is invalid.
pub(crate) enum Reason {
    /// Its type or value is not the expected one: what was found, and what is expected.
    Unexpected { found: String, expected: String },
    /// It has none of the forms that its type has.
    NoForm,
    /// Another reason, as a sentence.
    Other(String),
}

/// Parses a JSON text. If a value is invalid, `reject` returns the failure for its path and the
/// reason; the body itself has no path.
pub(crate) fn parse<'de, T: Deserialize<'de>>(
    text: &'de str,
    reject: impl FnOnce(Option<&str>, Reason) -> Failure,
) -> Result<T, Failure> {
    let mut json = serde_json::Deserializer::from_str(text);
    match T::deserialize(&mut json) {
        Ok(value) => {
            json.end().map_err(Failure::trailing_characters)?;
            Ok(value)
        }
        Err(error) => {
            // It may hold a text as large as the body.
            drop(json);
            // Only a text that is rejected is parsed again, because paths cost time.
            let path = path_of_invalid::<T>(text);
            Err(failure(&error, path.as_deref(), reject))
        }
    }
}

/// Returns the path of the first value of a JSON text that a type rejects, such as `documents[1]`, or
/// `None` if this is the text as a whole.
fn path_of_invalid<'de, T: Deserialize<'de>>(text: &'de str) -> Option<String> {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut track = Track::new();
    T::deserialize(Deserializer::new(&mut json, &mut track)).err()?;
    let path = track.path();
    path.iter().next().map(|_| path.to_string())
}

/// Returns the failure for an error about the value at a path.
pub(crate) fn failure(
    error: &serde_json::Error,
    path: Option<&str>,
    reject: impl FnOnce(Option<&str>, Reason) -> Failure,
) -> Failure {
    let message = error.to_string();
    if error.classify() != Category::Data {
        return match path.filter(|_| is_unpaired_surrogate(&message)) {
            Some(path) => Failure::unpaired_surrogate(path, error.line(), error.column()),
            None => Failure::malformed(error),
        };
    }
    // serde gives the name of a missing or duplicate field only in the message.
    let named = |start: &str| message.strip_prefix(start)?.split('`').next();
    if let Some(field) = named("missing field `") {
        Failure::missing(field)
    } else if let Some(field) = named("duplicate field `") {
        Failure::invalid_value(field, "duplicate field")
    } else {
        reject(path, Reason::from_message(&message))
    }
}

/// Returns whether a string contains an unpaired surrogate such as `\ud83d`, which remains of an
/// emoji when JavaScript cuts a text by code units. The JSON library has two messages for it.
fn is_unpaired_surrogate(message: &str) -> bool {
    ["lone leading surrogate", "unexpected end of hex escape"]
        .iter()
        .any(|start| message.starts_with(start))
}

impl Reason {
    /// Returns the reason in terms of JSON instead of Rust, and without line and column, because
    /// the failure has a path.
    fn from_message(message: &str) -> Self {
        let message = match message.rsplit_once(" at line ") {
            Some((message, _)) => message,
            None => message,
        };
        if message.starts_with(NO_VARIANT) {
            return Self::NoForm;
        }
        // The value may be quoted before the last separator, and must not change.
        let Some((found, expected)) = message.rsplit_once(", expected ") else {
            return Self::Other(message.to_owned());
        };
        let found = match found {
            "invalid type: sequence" => "invalid type: list",
            "invalid type: map" => "invalid type: object",
            found => found,
        };
        let expected = match expected {
            "a sequence" => "a list",
            "a map" => "an object",
            expected if expected.starts_with("struct ") => "an object",
            expected => expected,
        };
        Self::Unexpected {
            found: found.to_owned(),
            expected: expected.to_owned(),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { found, expected } => write!(f, "{found}, expected {expected}"),
            Self::NoForm => f.write_str("the value has none of the allowed forms"),
            Self::Other(message) => f.write_str(message),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::path_of_invalid;

    #[test]
    fn a_path_has_the_members_and_items_around_the_invalid_value() {
        type Lists = BTreeMap<String, Option<Vec<BTreeMap<String, Option<bool>>>>>;
        for (text, expected) in [
            (r#"{"a": 1}"#, Some("a")),
            (r#"{"a": null, "b": [{}, 1]}"#, Some("b[1]")),
            (
                r#"{"a": [{"b": true}, {"c": null, "d": 1}]}"#,
                Some("a[1].d"),
            ),
            ("[]", None),
            (r#"{"a": [{"b": true}]}"#, None),
        ] {
            let found = path_of_invalid::<Lists>(text);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        assert_eq!(
            path_of_invalid::<Value>(r#"[[1], "\ud83d"]"#).as_deref(),
            Some("[1]")
        );
    }
}

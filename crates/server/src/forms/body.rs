//! Parses bodies of other clients' forms, within limits of size.

use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::json::{self, Reason};
use crate::request;

/// The maximum number of documents of a request, as Cohere recommends it, to the next power of two.
pub(super) const MAX_DOCUMENTS: usize = 1024;
/// The form of documents that are always texts.
pub(super) const TEXT: &str = "a string";
/// The maximum number of values in a body. A parsed value uses much more memory than its text.
const MAX_VALUES: usize = 64 << 10;

/// Returns a body as text whose parsed form is not much larger.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Failure> {
    let text = request::text(bytes)?;
    let values = count_values(text);
    if values > MAX_VALUES {
        return Err(Failure::too_many_values(values, MAX_VALUES));
    }
    Ok(text)
}

/// Parses a body. `forms` describes the values that have more than one form, for messages.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8], forms: &str) -> Result<T, Failure> {
    json::parse(text(bytes)?, |path, reason| match (path, reason) {
        (Some(path), Reason::NoForm) => Failure::unknown_form(path, forms),
        (Some(path), reason) => Failure::invalid_value(path, reason),
        (None, reason) => Failure::invalid_value("the body", whole_body_reason(reason)),
    })
}

/// Returns the reason why the body as a whole is invalid.
fn whole_body_reason(reason: Reason) -> String {
    let Reason::Unexpected { found, expected } = reason else {
        return reason.to_string();
    };
    let found = match found.strip_prefix("invalid type: ") {
        Some("list") => "a list",
        Some(found) => found,
        None => &found,
    };
    format!("expected {expected}, found {found}")
}

/// Rejects an empty list of documents, and one that is too long.
pub(super) fn check_count(field: &str, count: usize) -> Result<(), Failure> {
    match count {
        0 => Err(Failure::no_documents(field)),
        count if count > MAX_DOCUMENTS => {
            Err(Failure::too_many_documents(field, count, MAX_DOCUMENTS))
        }
        _ => Ok(()),
    }
}

/// Returns the number of results that are asked for.
pub(super) fn wanted(top_n: Option<i64>) -> Result<usize, Failure> {
    match top_n {
        None => Ok(usize::MAX),
        Some(top_n) if top_n < 1 => Err(Failure::invalid_value(
            "top_n",
            format!("expected at least 1, found {top_n}"),
        )),
        // A number that does not fit is larger than the number of documents.
        Some(top_n) => Ok(usize::try_from(top_n).unwrap_or(usize::MAX)),
    }
}

/// Returns how many values a JSON text has at most. It need not be valid JSON.
fn count_values(text: &str) -> usize {
    let mut in_string = false;
    let mut escaped = false;
    let mut values = 1_usize;
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b',' | b'[' | b'{' if !in_string => values = values.saturating_add(1),
            _ => {}
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::count_values;

    #[test]
    fn values_are_counted_outside_of_strings() {
        for (text, count) in [
            ("1", 1),
            (r#"{"a": [1, 2]}"#, 4),
            (r#"["a,b\",[", "\\", 3]"#, 4),
        ] {
            assert_eq!(count_values(text), count, "{text}");
        }
    }
}

//! Converts the keywords of newer versions of JSON Schema that OpenAPI 3.0 has a counterpart for.
//! Each conversion looks at the whole schema, so that the order of its keywords does not matter.

use std::cmp::Ordering;

use serde_json::Value;

use super::edit::{replace, restrict};
use super::types::only_null;
use crate::log::Log;
use crate::node::{Data, Map, Node};

/// Converts these keywords of a schema.
pub(super) fn convert(object: &mut Map, log: &mut Log) {
    constant(object, log);
    bound(object, "exclusiveMinimum", "minimum", Ordering::Less, log);
    bound(
        object,
        "exclusiveMaximum",
        "maximum",
        Ordering::Greater,
        log,
    );
    examples(object, log);
    content(object, log);
}

/// Converts a constant to an `enum` with one value.
fn constant(object: &mut Map, log: &mut Log) {
    let Some(value) = object.get("const").cloned() else {
        return;
    };
    let location = value.location.clone();
    log.note(
        &location,
        "OpenAPI 3.0 has no `const`",
        "it is imported as an `enum` with one value",
    );
    if value.as_scalar() == Some(&Value::Null) {
        only_null(object, "const", &location, log);
        return;
    }
    replace(object, "const", Vec::new());
    restrict(object, vec![value], &location, log);
}

/// Converts a numeric exclusive bound: in OpenAPI 3.0 it is a bound and a flag. Beside another
/// bound, the narrower of the two holds; `wider` is how a wider one compares.
fn bound(object: &mut Map, key: &str, inclusive: &str, wider: Ordering, log: &mut Log) {
    let Some(value) = object.get(key).cloned() else {
        return;
    };
    let Some(number) = value.as_scalar().filter(|value| value.is_number()) else {
        return;
    };
    let location = value.location.clone();
    let numeric = format!("OpenAPI 3.0 has no numeric `{key}`");
    let other = object.get(inclusive).map(Node::as_scalar);
    match other {
        Some(Some(other)) if other.is_number() && compare(number, other) == Some(wider) => {
            log.note(
                &location,
                numeric,
                &format!("it is dropped, since `{inclusive}` is narrower"),
            );
            replace(object, key, Vec::new());
        }
        Some(other) if other.is_none_or(|other| !other.is_number()) => log.note(
            &location,
            numeric,
            &format!("it is kept as published, since `{inclusive}` is not a number"),
        ),
        _ => {
            log.note(
                &location,
                numeric,
                &format!("it is imported as `{inclusive}` and `{key}: true`"),
            );
            let flag = (key, Node::scalar(true, &location));
            match object.get_mut(inclusive) {
                Some(bound) => {
                    *bound = value;
                    replace(object, key, vec![flag]);
                }
                None => replace(object, key, vec![(inclusive, value), flag]),
            }
        }
    }
}

fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    let integer = |value: &Value| {
        let signed = value.as_i64().map(i128::from);
        signed.or_else(|| value.as_u64().map(i128::from))
    };
    match (integer(one), integer(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

/// Keeps one of several examples: OpenAPI 3.0 allows one.
fn examples(object: &mut Map, log: &mut Log) {
    let Some(node) = object.get("examples") else {
        return;
    };
    let Data::List(list) = &node.data else { return };
    let location = node.location.clone();
    let first = list.first().cloned();
    let has_example = object.contains_key("example");
    let more = list.len().saturating_sub(1);
    let action = match &first {
        None => Some("it is empty, so it is dropped".to_owned()),
        Some(_) if has_example => Some("`example` is kept, and `examples` dropped".to_owned()),
        Some(_) if more > 0 => Some(format!("the first is kept, and {more} more dropped")),
        Some(_) => None,
    };
    if let Some(action) = action {
        log.note(
            &location,
            "OpenAPI 3.0 allows one example per schema",
            &action,
        );
    }
    let first = first.filter(|_| !has_example);
    let example = first.map(|first| ("example", first));
    replace(object, "examples", example.into_iter().collect());
}

/// Converts the encoding and the media type of a string to the format that OpenAPI 3.0 has for
/// them.
fn content(object: &mut Map, log: &mut Log) {
    let text = |key: &str| object.get(key).and_then(Node::as_str).map(str::to_owned);
    let (encoding, media_type) = (text("contentEncoding"), text("contentMediaType"));
    if encoding.as_deref() == Some("base64") {
        format(object, "contentEncoding", "byte", log);
    } else if let Some(node) = object.get("contentEncoding") {
        note_kept(node, "contentEncoding", log);
    }
    match (object.get("contentMediaType").cloned(), media_type) {
        (None, _) => {}
        (Some(node), Some(media_type)) if encoding.is_some() => {
            log.note(
                &node.location,
                "OpenAPI 3.0 has no `contentMediaType`",
                &format!("`{media_type}` is dropped; say in the description what is encoded"),
            );
            replace(object, "contentMediaType", Vec::new());
        }
        (Some(_), Some(media_type)) if !is_text(&media_type) || is_binary(object) => {
            format(object, "contentMediaType", "binary", log);
        }
        (Some(node), _) => note_kept(&node, "contentMediaType", log),
    }
}

/// Replaces a keyword by a format. Beside another format, the keyword stays as it is.
fn format(object: &mut Map, key: &str, format: &str, log: &mut Log) {
    let Some(node) = object.get(key).cloned() else {
        return;
    };
    let own = object.get("format").map(Node::as_str);
    let replacement = match own {
        None => vec![("format", Node::scalar(format, &node.location))],
        Some(Some(own)) if own == format => Vec::new(),
        Some(_) => {
            note_kept(&node, key, log);
            return;
        }
    };
    let value = node.as_str().unwrap_or_default();
    log.note(
        &node.location,
        format!("OpenAPI 3.0 has no `{key}`"),
        &format!("`{value}` is replaced by `format: {format}`"),
    );
    replace(object, key, replacement);
}

fn is_binary(object: &Map) -> bool {
    object.get("format").and_then(Node::as_str) == Some("binary")
}

/// Whether content of this media type is text, which a string holds as it is.
fn is_text(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let kind = essence.rsplit(['/', '+']).next().unwrap_or_default();
    let is_format = ["json", "xml", "yaml", "javascript", "graphql", "jwt"].contains(&kind);
    essence.starts_with("text/") || is_format
}

fn note_kept(node: &Node, key: &str, log: &mut Log) {
    log.note(
        &node.location,
        format!("`{key}` is not an OpenAPI 3.0 keyword"),
        "it is kept as published; remove it with an overlay action",
    );
}

//! Where a node of the rewritten document is in the author's.

use bigmodel_rerank_openapi::{Pointer, Problem};
use serde_json::Value;

/// Keywords that rewriting writes, and those of 3.1 that they may come from.
const SOURCES: &[(&str, &[&str])] = &[
    ("enum", &["const"]),
    ("items", &["prefixItems"]),
    (
        "additionalProperties",
        &["patternProperties", "unevaluatedProperties"],
    ),
    ("nullable", &["type"]),
    ("minimum", &["exclusiveMinimum"]),
    ("maximum", &["exclusiveMaximum"]),
    ("format", &["contentEncoding", "contentMediaType"]),
    ("example", &["examples"]),
];

/// What rewriting writes for the schema `false`.
const NOTHING: (&str, &str) = ("not", "false");

/// A problem of the rewritten document as one of the author's.
pub(crate) fn as_written(author: &Value, problem: &Problem) -> Problem {
    let Origin {
        pointer, renamed, ..
    } = found(author, &problem.pointer);
    let (from, to) = (problem.pointer.json_path(), pointer.json_path());
    let (mut message, mut help) = (problem.message.clone(), problem.help.replace(&from, &to));
    if let Some((written, source)) = renamed {
        for text in [&mut message, &mut help] {
            *text = text.replace(&format!("`{written}`"), &format!("`{source}`"));
        }
    }
    Problem {
        pointer,
        message,
        help,
    }
}

/// The address that a node of the rewritten document has in the author's. What is in neither keeps
/// its address below what is.
pub(crate) fn origin(author: &Value, pointer: &Pointer) -> Pointer {
    let Origin { pointer, rest, .. } = found(author, pointer);
    rest.iter()
        .fold(pointer, |pointer, segment| pointer.key(segment))
}

struct Origin {
    pointer: Pointer,
    /// The keyword at the end of the address, if the rewritten document has it by another name.
    renamed: Option<(&'static str, &'static str)>,
    /// What follows in the rewritten document, and comes from nothing else.
    rest: Vec<String>,
}

fn found(author: &Value, pointer: &Pointer) -> Origin {
    let mut value = author;
    let mut origin = Pointer::root();
    let mut segments = pointer.segments().peekable();
    while let Some(segment) = segments.next() {
        if let Some(inner) = child(value, &segment) {
            value = inner;
            origin = origin.key(&segment);
            continue;
        }
        // A composition that rewriting added, around the same node.
        if ["allOf", "anyOf"].contains(&segment.as_str()) && segments.peek().is_some() {
            segments.next();
            continue;
        }
        let mut rest = Vec::new();
        let renamed = if value.is_boolean() {
            Some(NOTHING)
        } else {
            let renamed = source(value, &segment);
            match renamed {
                Some((_, source)) => origin = origin.key(source),
                None => rest = std::iter::once(segment).chain(segments).collect(),
            }
            renamed
        };
        return Origin {
            pointer: origin,
            renamed,
            rest,
        };
    }
    Origin {
        pointer: origin,
        renamed: None,
        rest: Vec::new(),
    }
}

/// The keyword of the author's schema that a keyword of the rewritten one comes from.
fn source(schema: &Value, keyword: &str) -> Option<(&'static str, &'static str)> {
    let (written, sources) = SOURCES.iter().find(|(written, _)| *written == keyword)?;
    let source = sources
        .iter()
        .find(|source| schema.get(**source).is_some())?;
    Some((written, source))
}

fn child<'a>(value: &'a Value, segment: &str) -> Option<&'a Value> {
    match value {
        Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
        other => other.get(segment),
    }
}

#[cfg(test)]
mod tests {
    use bigmodel_rerank_openapi::Pointer;
    use serde_json::json;

    use super::origin;

    #[test]
    fn nodes_that_rewriting_made_come_from_what_the_author_wrote() {
        let author = json!({"a": {"const": 1, "type": ["string", "null"]}, "b": false,
            "c": {"prefixItems": [{"type": "x"}]}, "d": {"$ref": "#/a", "maxLength": 1}});
        for (rewritten, written) in [
            ("/a/enum/0", "/a/const"),
            ("/a/nullable", "/a/type"),
            ("/a/anyOf/0/type", "/a/type"),
            ("/b/not", "/b"),
            ("/c/items/anyOf/0/type", "/c/prefixItems"),
            ("/d/allOf/0/$ref", "/d/$ref"),
            ("/d/maxLength", "/d/maxLength"),
        ] {
            let mut pointer = Pointer::root();
            for segment in rewritten.split('/').skip(1) {
                pointer = pointer.key(segment);
            }
            assert_eq!(origin(&author, &pointer).as_str(), written, "{rewritten}");
        }
    }
}

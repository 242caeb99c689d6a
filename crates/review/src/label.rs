//! Labels for nodes and values, for messages.

use bigmodel_rerank_openapi::{Method, Pointer, reference};
use serde_json::Value;

/// Returns the label of a node, as in `RerankRequest.documents[]` or `POST /pets response 200`.
pub(crate) fn label(root: &Value, pointer: &Pointer) -> String {
    let segments: Vec<String> = pointer.segments().collect();
    let mut words: Vec<&str> = segments.iter().map(String::as_str).collect();
    let mut name = match words.as_slice() {
        [] => return "the contract".to_owned(),
        ["components", "schemas", schema, rest @ ..] => {
            let name = (*schema).to_owned();
            words = rest.to_vec();
            name
        }
        ["components", group, name, rest @ ..] => {
            let name = format!("{group} {name}");
            words = rest.to_vec();
            name
        }
        ["paths", path, rest @ ..] => {
            let method = rest.first().and_then(|key| Method::from_key(key));
            let name = match method {
                Some(method) => format!("{method} {path}"),
                None => (*path).to_owned(),
            };
            words = rest.iter().skip(method.iter().count()).copied().collect();
            name
        }
        [first, rest @ ..] => {
            let name = (*first).to_owned();
            words = rest.to_vec();
            name
        }
    };
    let done = segments.len() - words.len();
    append(&mut name, root, &segments, done);
    name
}

/// Appends the labels of the segments below the operation or component.
fn append(name: &mut String, root: &Value, segments: &[String], done: usize) {
    let mut at = done;
    while let Some(word) = segments.get(at) {
        let next = segments.get(at + 1).map(String::as_str);
        let (text, taken) = match (word.as_str(), next) {
            ("properties", Some(property)) => (format!(".{property}"), 2),
            ("items", _) => ("[]".to_owned(), 1),
            ("additionalProperties", _) => (".*".to_owned(), 1),
            ("requestBody", _) => (" request".to_owned(), 1),
            ("responses", Some(status)) => (format!(" response {status}"), 2),
            ("content", Some("application/json")) => (String::new(), 2),
            ("content", Some(media)) => (format!(" as {media}"), 2),
            ("schema", _) => (String::new(), 1),
            ("parameters", Some(_)) => {
                let upto = segments.get(..at + 2).unwrap_or_default();
                (format!(" parameter {}", parameter(root, upto)), 2)
            }
            ("headers", Some(header)) => (format!(" header {header}"), 2),
            ("allOf" | "oneOf" | "anyOf" | "servers" | "tags", Some(index)) => {
                (format!(" {word}[{index}]"), 2)
            }
            (word, _) => (format!(" {word}"), 1),
        };
        name.push_str(&text);
        at += taken;
    }
}

/// Returns the name of a parameter, or its index if it has none.
fn parameter(root: &Value, segments: &[String]) -> String {
    let mut at = Pointer::root();
    for segment in segments {
        at = at.key(segment);
    }
    let node = root.pointer(at.as_str());
    let node = node.and_then(|node| reference::resolve(root, node, &at));
    let name = node.and_then(|(node, _)| node.get("name")?.as_str());
    name.map_or_else(|| at.last(), |name| format!("`{name}`"))
}

/// Returns a value in one line, shortened if it is long.
pub(crate) fn short(value: &Value) -> String {
    short_text(value, 80)
}

/// Returns a value in one line of at most `limit` characters.
pub(crate) fn short_text(value: &Value, limit: usize) -> String {
    cut(&value.to_string(), limit)
}

/// Shortens a text to `limit` characters, and marks that it is shortened.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Pointer, label};

    #[test]
    fn nodes_have_readable_labels() {
        let root = json!({"paths": {"/a": {"get": {"parameters": [{"name": "q"}]}}}});
        let names = [
            ("", "the contract"),
            ("/components/schemas/A/properties/b/items", "A.b[]"),
            ("/paths/~1a/get/parameters/0/schema", "GET /a parameter `q`"),
            (
                "/paths/~1a/get/responses/200/content/application~1json/schema",
                "GET /a response 200",
            ),
            ("/info/title", "info title"),
        ];
        for (pointer, name) in names {
            assert_eq!(label(&root, &Pointer::parse(pointer)), name, "{pointer}");
        }
    }
}

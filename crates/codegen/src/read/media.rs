//! Media types: how a body is written, which its media type says.

use serde_json::Value;

use super::fields::Node;

/// The kinds of media types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Json,
    Form,
    Multipart,
    Events,
    Lines,
    Text,
    Bytes,
}

/// The subtypes of `application` that have a JSON value in each line.
const LINES: &[&str] = &[
    "jsonl",
    "jsonlines",
    "ndjson",
    "stream+json",
    "x-jsonl",
    "x-jsonlines",
    "x-ndjson",
];

impl Media {
    /// The kind of a media type, or of a range of them; `None` if no header can carry it.
    pub(super) fn new(media: &str, entry: &Node<'_>) -> Option<Self> {
        let essence = essence(media)?;
        let (main, sub) = essence.split_once('/')?;
        Some(match (main, sub) {
            ("*" | "application", "*") if is_binary(entry) => Self::Bytes,
            ("application", sub) if LINES.contains(&sub) => Self::Lines,
            _ if is_json(media) => Self::Json,
            ("application", "x-www-form-urlencoded") => Self::Form,
            ("multipart", "form-data") => Self::Multipart,
            ("text", "event-stream") => Self::Events,
            ("text", _) | ("application", "xml" | "yaml" | "x-yaml") => Self::Text,
            (_, sub) if sub.ends_with("+xml") || sub.ends_with("+yaml") => Self::Text,
            _ => Self::Bytes,
        })
    }

    /// What bodies of requests and responses become that are of this kind.
    pub(super) fn of_request(self) -> Self {
        match self {
            Self::Events => Self::Text,
            Self::Lines => Self::Bytes,
            other => other,
        }
    }

    /// As [`Media::of_request`], for responses.
    pub(super) fn of_response(self) -> Self {
        match self {
            Self::Form => Self::Text,
            Self::Multipart => Self::Bytes,
            other => other,
        }
    }
}

/// Whether a media type is JSON, or a range that may be.
pub(super) fn is_json(media: &str) -> bool {
    essence(media).is_some_and(|essence| match essence.split_once('/') {
        Some(("*" | "application", "*") | ("application", "json")) => true,
        Some((_, sub)) => sub.ends_with("+json"),
        None => false,
    })
}

/// The media type without its parameters, in small letters; `None` if no header can carry it.
fn essence(media: &str) -> Option<String> {
    let is_sound = media
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let essence = media.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let is_token = |part: &str| {
        let mut bytes = part.bytes();
        !part.is_empty()
            && bytes.all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
    };
    let (main, sub) = essence.split_once('/')?;
    (is_sound && is_token(main) && is_token(sub)).then_some(essence)
}

/// Whether the schema of a media type is one of bytes.
fn is_binary(entry: &Node<'_>) -> bool {
    let schema = entry.member("schema");
    schema.is_some_and(|schema| is_binary_schema(schema.value))
}

/// Whether a schema is one of bytes.
pub(super) fn is_binary_schema(schema: &Value) -> bool {
    let is = |key: &str, value: &str| schema.get(key).is_some_and(|found| found == value);
    is("format", "binary") && schema.get("type").is_none_or(|name| name == "string")
}

#[cfg(test)]
mod tests {
    use bigmodel_rerank_openapi::Pointer;
    use serde_json::json;

    use super::{Media, Node};

    #[test]
    fn media_types_are_known_by_their_names() {
        let bytes = json!({"schema": {"type": "string", "format": "binary"}});
        let text = json!({"schema": {"type": "string"}});
        let media = |media: &str, value| {
            let pointer = Pointer::root();
            Media::new(media, &Node { value, pointer })
        };
        for (name, kind) in [
            ("application/json", Media::Json),
            ("Application/Problem+JSON; charset=utf-8", Media::Json),
            ("model/gltf+json", Media::Json),
            ("*/*", Media::Json),
            ("application/x-www-form-urlencoded", Media::Form),
            ("multipart/form-data", Media::Multipart),
            ("multipart/mixed", Media::Bytes),
            ("text/event-stream;charset=UTF-8", Media::Events),
            ("application/jsonl", Media::Lines),
            ("application/x-ndjson", Media::Lines),
            ("application/stream+json", Media::Lines),
            ("text/csv", Media::Text),
            ("application/xml", Media::Text),
            ("image/svg+xml", Media::Text),
            ("image/*", Media::Bytes),
            ("application/octet-stream", Media::Bytes),
        ] {
            assert_eq!(media(name, &text), Some(kind), "{name}");
        }
        assert_eq!(media("*/*", &bytes), Some(Media::Bytes));
        for wrong in [
            "",
            "json",
            "a/b/c",
            "text/pläin",
            "text/ plain",
            "a\n/b",
            "/",
        ] {
            assert_eq!(media(wrong, &text), None, "{wrong}");
        }
    }
}

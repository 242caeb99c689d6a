//! Resolves `$ref`.

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

/// The limit of references in a row.
const HOP_LIMIT: usize = 100;

/// Returns the text of a reference, if the node is one.
pub(crate) fn reference(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// Returns the target of a reference within the document.
pub(crate) fn address(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    Some(Pointer::parse(&percent_decode(fragment)))
}

/// Returns the node itself, or the final target of its reference; `None` if it is dangling.
pub(crate) fn resolve<'a>(
    root: &'a Value,
    node: &'a Value,
    at: &Pointer,
) -> Option<(&'a Value, Pointer)> {
    let (mut node, mut at) = (node, at.clone());
    for _ in 0..HOP_LIMIT {
        let Some(text) = reference(node) else {
            return Some((node, at));
        };
        at = address(text)?;
        node = root.pointer(at.as_str())?;
    }
    None
}

/// Decodes a URI fragment, in which `%7B` means `{`.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (ahead.next().and_then(hex), ahead.next().and_then(hex));
        match digits {
            (Some(high), Some(low)) if byte == b'%' => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Pointer, address, resolve};

    #[test]
    fn fragments_are_decoded_and_stray_percents_kept() {
        let pointer = address("#/paths/~1a%7Bid%7D/100%").map(|at| at.to_string());
        assert_eq!(pointer.as_deref(), Some("/paths/~1a{id}/100%"));
        assert_eq!(address("other.yaml#/a"), None);
    }

    #[test]
    fn circular_references_are_dangling() {
        let root = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}});
        assert!(resolve(&root, &root["a"], &Pointer::root().key("a")).is_none());
    }
}

//! `$ref`: from a reference to the node that it names.

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

/// How many references in a row are still sane.
const HOPS: usize = 100;

/// The text of the reference, if the node is one.
pub(crate) fn reference(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// The address that a reference within the document names.
pub(crate) fn address(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    Some(Pointer::parse(&percent_decode(fragment)))
}

/// The node itself, or what its reference names in the end; `None` if that is nowhere.
pub(crate) fn resolve<'a>(
    root: &'a Value,
    node: &'a Value,
    at: &Pointer,
) -> Option<(&'a Value, Pointer)> {
    let (mut node, mut at) = (node, at.clone());
    for _ in 0..HOPS {
        let Some(text) = reference(node) else {
            return Some((node, at));
        };
        at = address(text)?;
        node = root.pointer(at.as_str())?;
    }
    None
}

/// References are URI fragments: `%7B` stands for `{`.
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
    fn a_circle_of_references_leads_nowhere() {
        let root = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}});
        assert!(resolve(&root, &root["a"], &Pointer::root().key("a")).is_none());
    }
}

//! `$ref`: from a reference to the node that it names.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::Pointer;

/// The keyword of a reference.
pub const KEYWORD: &str = "$ref";

/// How many references in a row are followed: more are taken for a cycle.
pub const MAX_HOPS: usize = 100;

/// The text of the reference, if the node is one.
pub fn text(node: &Value) -> Option<&str> {
    node.get(KEYWORD)?.as_str()
}

/// The address that a reference names; `None` if it names another document.
///
/// References are URI fragments: `%7B` stands for `{`.
pub fn target(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    Some(Pointer::parse(&percent_decoded(fragment)))
}

/// A part of a URI without percent-encoding. A percent sign that encodes nothing is kept, and so
/// is a text whose decoded form is not UTF-8.
pub fn percent_decoded(text: &str) -> Cow<'_, str> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.unwrap_or(Cow::Borrowed(text))
}

/// The node itself, or the node that its references lead to in the end; `None` if they lead
/// nowhere, to another document or in a cycle.
pub fn resolve<'a>(root: &'a Value, node: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
    let (mut node, mut at) = (node, at.clone());
    for _ in 0..MAX_HOPS {
        let Some(reference) = text(node) else {
            return Some((node, at));
        };
        at = target(reference)?;
        node = at.get(root)?;
    }
    None
}

/// The addresses that a value of a discriminator's `mapping` may mean: a reference, or the name
/// of a schema.
pub fn mapping_target(value: &str) -> Pointer {
    let schemas = || Pointer::root().key("components").key("schemas");
    target(value).unwrap_or_else(|| schemas().key(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Pointer, mapping_target, resolve, target};

    fn decoded(reference: &str) -> Option<String> {
        target(reference).map(|pointer| pointer.as_str().to_owned())
    }

    #[test]
    fn fragments_are_decoded_and_stray_percents_kept() {
        let pointer = decoded("#/paths/~1a%7Bid%7D/100%");
        assert_eq!(pointer.as_deref(), Some("/paths/~1a{id}/100%"));
        assert_eq!(decoded("#/%e5%90%8d").as_deref(), Some("/名"));
    }

    #[test]
    fn a_percent_sign_before_anything_but_two_hex_digits_is_text() {
        // A sign is not a hexadecimal digit, although Rust parses `+5` as a number.
        for text in ["/a%+5", "/a%5", "/a%-1", "/a% 1", "/a%g0"] {
            assert_eq!(decoded(&format!("#{text}")).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_fragment_that_does_not_decode_to_text_is_kept() {
        assert_eq!(decoded("#/a%ff").as_deref(), Some("/a%ff"));
    }

    #[test]
    fn other_documents_have_no_address_here() {
        assert_eq!(decoded("other.yaml#/a"), None);
        assert_eq!(decoded(""), None);
    }

    #[test]
    fn a_cycle_of_references_leads_nowhere() {
        let root =
            json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}, "c": {"$ref": "#/d"}, "d": 1});
        let from = |key: &str| {
            let at = Pointer::root().key(key);
            resolve(&root, at.get(&root)?, &at).map(|(_, at)| at.to_string())
        };
        assert_eq!(from("a"), None);
        assert_eq!(from("c").as_deref(), Some("/d"));
    }

    #[test]
    fn a_mapping_names_a_schema_or_refers_to_one() {
        let schema = "/components/schemas/Cat";
        assert_eq!(mapping_target("Cat").as_str(), schema);
        assert_eq!(mapping_target("#/components/schemas/Cat").as_str(), schema);
    }
}

//! Which type a schema is of: `type`, or what other keywords imply.

use serde_json::Value;

use super::Reader;
use super::fields::{Fields, Node};
use super::union::OBJECT_KEYWORDS;
use crate::dialect::Dialect;
use crate::rules;

impl<'a> Reader<'a> {
    /// The `type` keyword, and whether it allows null; where it is missing, what the other keywords
    /// imply; else `""`.
    pub(super) fn type_of(
        &mut self,
        node: &Node<'a>,
        fields: &mut Fields<'a>,
    ) -> Option<(&'a str, bool)> {
        if let Some(keyword) = fields.take("type") {
            if keyword.value.is_array() {
                return Some(self.listed_types(&keyword));
            }
            return Some((self.text(&keyword, "type")?, false));
        }
        let implied = [
            ("object", OBJECT_KEYWORDS),
            ("array", &["items"]),
            ("string", &["x-extensible-enum"]),
        ];
        let found = implied
            .into_iter()
            .find(|(_, keys)| keys.iter().any(|key| fields.has(key)));
        if let Some((name, _)) = found {
            return Some((name, false));
        }
        Some((self.type_of_values(node), false))
    }

    /// What a list of types means, which OpenAPI knows since 3.1.
    fn listed_types(&mut self, keyword: &Node<'a>) -> (&'a str, bool) {
        self.ledger.generated(&keyword.pointer, "type");
        let names: Vec<_> = keyword
            .items()
            .filter_map(|item| {
                self.ledger.generated(&item.pointer, "type");
                item.value.as_str()
            })
            .collect();
        let mut others = names.iter().filter(|name| **name != "null");
        let nullable = names.contains(&"null");
        let (message, help) = match self.dialect {
            Dialect::V3_0 => (
                "a list of types came with OpenAPI 3.1, and this contract is 3.0",
                "write one type; for null, `nullable: true` beside it",
            ),
            Dialect::V3_1 if names.is_empty() => {
                ("`type` lists no type", "write a type, or remove `type`")
            }
            Dialect::V3_1 if names.len() < keyword.items().count() => (
                "`type` lists a value that is not the name of a type",
                "write string, number, integer, boolean, array, object or null",
            ),
            Dialect::V3_1 => (
                "a list of types beside `allOf`, `anyOf` or `oneOf`",
                "let each branch have its type",
            ),
        };
        if let (Some(only), None) = (others.next(), others.next()) {
            self.remark(&rules::NEWER_KEYWORD, &keyword.pointer, message, help);
            return (only, nullable);
        }
        self.remark(&rules::UNKNOWN_TYPE, &keyword.pointer, message, help);
        ("", nullable)
    }

    /// The type of the values that `enum` lists without a `type`; `""` if they have several.
    fn type_of_values(&mut self, node: &Node<'a>) -> &'static str {
        let Some(list) = node.member("enum") else {
            return "";
        };
        let values = list.value.as_array().map(Vec::as_slice).unwrap_or_default();
        let mut values = values.iter().filter(|value| !value.is_null()).peekable();
        if values.peek().is_none() {
            return "";
        }
        let is_of = |kind: &str, value: &Value| match kind {
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            _ => value.is_boolean(),
        };
        let kind = ["string", "integer", "number", "boolean"]
            .into_iter()
            .find(|kind| values.clone().all(|value| is_of(kind, value)));
        if kind.is_none() {
            let message = "`enum` lists values of several types";
            self.depart(&rules::MIXED_ENUM, &list.pointer, message);
        }
        kind.unwrap_or_default()
    }
}

//! OpenAPI 3.1 in the terms of 3.0, which the reader knows.
//!
//! Schemas of 3.1 are JSON Schema 2020-12, in which `type` may be a list, keywords may stand beside
//! `$ref`, and more keywords exist. Each is rewritten where 3.0 has a way to say the same. What 3.0
//! cannot say stays as it is, and the reader reports it. Nodes keep their pointers wherever they
//! can, so that problems are located in the author's text.

mod origin;
mod schema;
mod types;

use std::borrow::Cow;

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::{Kind, Role};
use serde_json::{Map, Value, json};

use crate::rules::Remark;
pub(crate) use origin::{as_written, origin};

/// A version of OpenAPI that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// 3.0
    V3_0,
    /// 3.1, and 3.2 as far as it is the same.
    V3_1,
}

impl Dialect {
    /// The dialect of a version, as in `3.0.3`; some documents omit the last number.
    pub(crate) fn of_version(version: &str) -> Option<Self> {
        let mut numbers = version.splitn(3, '.');
        let (major, minor) = (numbers.next()?, numbers.next()?);
        // A release candidate is `3.1.0-rc0`.
        let patch = numbers.next().unwrap_or("0");
        if !patch.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        match (major, minor) {
            ("3", "0") if patch.parse::<u8>().is_ok() => Some(Self::V3_0),
            ("3", "1" | "2") => Some(Self::V3_1),
            _ => None,
        }
    }

    /// The name of the version, for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
        }
    }

    /// The dialect of a document, if it has one that can be read.
    pub(crate) fn of_document(root: &Value) -> Option<Self> {
        Self::of_version(root.get("openapi")?.as_str()?)
    }
}

/// A document in the terms of OpenAPI 3.0.
#[derive(Debug)]
pub(crate) struct Rewritten<'a> {
    pub(crate) root: Cow<'a, Value>,
    /// What 3.0 can only say loosely.
    pub(crate) remarks: Vec<Remark>,
}

/// Rewrites a document of OpenAPI 3.1; others are returned as they are.
pub(crate) fn to_3_0(root: &Value) -> Rewritten<'_> {
    if Dialect::of_document(root) != Some(Dialect::V3_1) {
        return Rewritten {
            root: Cow::Borrowed(root),
            remarks: Vec::new(),
        };
    }
    let mut rewriter = Rewriter::default();
    let mut lowered = rewriter.value(root, Role::DOCUMENT, &Pointer::root());
    // Without paths, a document of 3.1 has webhooks or components.
    if let Value::Object(document) = &mut lowered
        && !document.contains_key("paths")
    {
        document.insert("paths".to_owned(), json!({}));
    }
    Rewritten {
        root: Cow::Owned(lowered),
        remarks: rewriter.remarks,
    }
}

/// Rewrites nodes from the leaves up.
#[derive(Default)]
struct Rewriter {
    remarks: Vec<Remark>,
}

/// The keywords of a schema that are booleans in 3.0 too, or are read here as they are.
const BOOLEANS: [&str; 4] = [
    "additionalProperties",
    "items",
    "unevaluatedItems",
    "unevaluatedProperties",
];

impl Rewriter {
    fn value(&mut self, value: &Value, role: Role, at: &Pointer) -> Value {
        if role.is_opaque() {
            return value.clone();
        }
        match value {
            Value::Object(members) => {
                let is_schema = role.kind() == Some(Kind::Schema);
                let members = members.iter().map(|(key, member)| {
                    let may_be_boolean = is_schema && BOOLEANS.contains(&key.as_str());
                    let (role, at) = (role.member(key), at.key(key));
                    (key.clone(), self.member(member, role, &at, may_be_boolean))
                });
                let mut members: Map<_, _> = members.collect();
                if is_schema {
                    self.schema(&mut members, at);
                }
                Value::Object(members)
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items
                    .map(|(index, item)| self.member(item, role.item(), &at.index(index), false));
                Value::Array(items.collect())
            }
            other => other.clone(),
        }
    }

    /// A member or an item. A schema may be a boolean, which 3.0 has for some keywords only.
    fn member(&mut self, value: &Value, role: Role, at: &Pointer, may_be_boolean: bool) -> Value {
        match value {
            Value::Bool(allowed) if role.kind() == Some(Kind::Schema) && !may_be_boolean => {
                if *allowed {
                    json!({})
                } else {
                    json!({"not": {}})
                }
            }
            other => self.value(other, role, at),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Dialect, to_3_0};

    /// The schema in the terms of 3.0, and the rules that were applied.
    fn lowered(schema: Value) -> (Value, Vec<&'static str>) {
        let root = json!({"openapi": "3.1.0", "components": {"schemas": {"A": schema}}});
        let lowered = to_3_0(&root);
        let rules = lowered.remarks.iter().map(|remark| remark.rule.id);
        let schema = lowered.root.pointer("/components/schemas/A");
        (schema.cloned().unwrap_or_default(), rules.collect())
    }

    #[test]
    fn versions_are_told_apart_by_their_first_two_numbers() {
        for (version, dialect) in [
            ("3.0.3", Some(Dialect::V3_0)),
            ("3.0", Some(Dialect::V3_0)),
            ("3.1.0", Some(Dialect::V3_1)),
            ("3.1", Some(Dialect::V3_1)),
            ("3.1.0-rc0", Some(Dialect::V3_1)),
            ("3.2.0", Some(Dialect::V3_1)),
            ("3.3.0", None),
            ("3.1.x", None),
            ("2.0", None),
            ("3", None),
            ("", None),
        ] {
            assert_eq!(Dialect::of_version(version), dialect, "{version}");
        }
    }

    #[test]
    fn what_3_0_says_otherwise_is_rewritten() {
        for (newer, older) in [
            (
                json!({"type": ["string", "null"], "maxLength": 3}),
                json!({"type": "string", "maxLength": 3, "nullable": true}),
            ),
            (json!({"type": ["null"]}), json!({"type": "null"})),
            (
                json!({"type": ["string", "null"], "enum": ["a"]}),
                json!({"type": "string", "enum": ["a"]}),
            ),
            (
                json!({"type": ["integer", "number"]}),
                json!({"type": "number"}),
            ),
            (
                json!({"type": ["string", "integer", "null"], "minLength": 1, "minimum": 2,
                    "description": "d", "enum": ["a", 2, null]}),
                json!({"description": "d", "nullable": true, "anyOf": [
                    {"type": "string", "minLength": 1, "enum": ["a"]},
                    {"type": "integer", "minimum": 2, "enum": [2]},
                ]}),
            ),
            (json!({"const": "a"}), json!({"enum": ["a"]})),
            (
                json!({"$ref": "#/b", "description": "d", "maxLength": 1}),
                json!({"allOf": [{"$ref": "#/b"}], "description": "d", "maxLength": 1}),
            ),
            (
                json!({"$ref": "#/b", "allOf": [{"$ref": "#/c"}]}),
                json!({"allOf": [{"$ref": "#/c"}, {"$ref": "#/b"}]}),
            ),
            (
                json!({"exclusiveMinimum": 1, "minimum": 0, "exclusiveMaximum": 5, "maximum": 4}),
                json!({"exclusiveMinimum": true, "minimum": 1, "maximum": 4}),
            ),
            (
                json!({"examples": ["a", "b"]}),
                json!({"examples": ["a", "b"], "example": "a"}),
            ),
            (
                json!({"type": "string", "contentMediaType": "image/png"}),
                json!({"type": "string", "contentMediaType": "image/png", "format": "binary"}),
            ),
            (
                json!({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}),
                json!({"type": "string", "contentMediaType": "image/png",
                    "contentEncoding": "base64", "format": "byte"}),
            ),
            (
                json!({"properties": {"const": true, "b": false}, "additionalProperties": false}),
                json!({"properties": {"const": {}, "b": {"not": {}}},
                    "additionalProperties": false}),
            ),
            // A property may have the name of a keyword.
            (
                json!({"properties": {"additionalProperties": false, "items": true}}),
                json!({"properties": {"additionalProperties": {"not": {}}, "items": {}}}),
            ),
            (
                json!({"properties": {"a": {"properties": {"type": {"type": ["string", "null"]}}}}}),
                json!({"properties": {"a": {"properties":
                    {"type": {"type": "string", "nullable": true}}}}}),
            ),
            (
                json!({"unevaluatedProperties": {"type": "string"}}),
                json!({"additionalProperties": {"type": "string"}}),
            ),
            // Data is not a schema.
            (
                json!({"default": {"type": ["a", "null"]}}),
                json!({"default": {"type": ["a", "null"]}}),
            ),
        ] {
            assert_eq!(lowered(newer.clone()), (older, vec![]), "{newer}");
        }
    }

    #[test]
    fn what_3_0_can_only_say_loosely_is_remarked() {
        let tuple = json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}],
            "items": false});
        let list = json!({"type": "array", "maxItems": 2,
            "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}});
        assert_eq!(lowered(tuple), (list, vec!["tuple"]));
        let alike = json!({"prefixItems": [{"type": "number"}, {"type": "number"}],
            "items": {"type": "number"}});
        assert_eq!(
            lowered(alike),
            (json!({"items": {"type": "number"}}), vec![])
        );
        let open = json!({"type": "array", "prefixItems": [{"type": "number"}]});
        let any = json!({"type": "array", "items": {}});
        assert_eq!(lowered(open), (any, vec!["tuple"]));
        let patterns = json!({"type": "object", "additionalProperties": false,
            "patternProperties": {"^a": {"type": "string"}}});
        let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
        assert_eq!(lowered(patterns), (map, vec!["unchecked-constraint"]));
    }

    #[test]
    fn documents_of_3_0_are_left_alone_and_paths_are_not_needed() {
        let older = json!({"openapi": "3.0.3", "components": {"schemas": {"A": {"const": 1}}}});
        assert_eq!(*to_3_0(&older).root, older);
        let newer = json!({"openapi": "3.1.0"});
        assert_eq!(
            *to_3_0(&newer).root,
            json!({"openapi": "3.1.0", "paths": {}})
        );
    }
}

//! Nodes of the document and the members of its objects, each taken once.

use bigmodel_rerank_openapi::{Pointer, by_overlay};
use serde_json::{Map, Value};

use super::Reader;

/// Members for readers that are texts.
const TEXTS: &[&str] = &[
    "bearerFormat",
    "description",
    "format",
    "openIdConnectUrl",
    "summary",
    "termsOfService",
    "title",
];

/// Members for readers that are true or false.
const FLAGS: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "deprecated",
    "readOnly",
    "writeOnly",
];

/// Keywords that came after OpenAPI 3.0.
const OF_3_1: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "examples",
    "if",
    "jsonSchemaDialect",
    "maxContains",
    "minContains",
    "pathItems",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "webhooks",
];

/// A value and its address.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) pointer: Pointer,
}

impl<'a> Node<'a> {
    /// The member `key`, if this is an object that has it.
    pub(super) fn member(&self, key: &str) -> Option<Node<'a>> {
        Some(Node {
            value: self.value.get(key)?,
            pointer: self.pointer.key(key),
        })
    }

    pub(super) fn items(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let pointer = self.pointer.clone();
        let items = self.value.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(move |(index, value)| Node {
            value,
            pointer: pointer.index(index),
        })
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        let pointer = self.pointer.clone();
        let members = self.value.as_object();
        members.into_iter().flatten().map(move |(key, value)| {
            (
                key.as_str(),
                Node {
                    value,
                    pointer: pointer.key(key),
                },
            )
        })
    }
}

/// The members of one object, and which of them were taken.
pub(super) struct Fields<'a> {
    pub(super) pointer: Pointer,
    members: &'a Map<String, Value>,
    taken: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The member `key`, unless it was taken before; from now on it counts as read.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Node<'a>> {
        if self.taken.contains(&key) {
            return None;
        }
        self.taken.push(key);
        Some(Node {
            value: self.members.get(key)?,
            pointer: self.pointer.key(key),
        })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.members.contains_key(key)
    }

    /// The member `key`, unless somebody has read it already.
    pub(super) fn take_left(&mut self, key: &'static str) -> Option<Node<'a>> {
        if self.taken.contains(&key) {
            return None;
        }
        self.take(key)
    }
}

impl<'a> Reader<'a> {
    /// The members of an object node; a finding if it is none.
    pub(super) fn object(
        &mut self,
        node: &Node<'a>,
        note: &'static str,
        what: &str,
    ) -> Option<Fields<'a>> {
        let Value::Object(members) = node.value else {
            self.wrong_type(node, what, "an object");
            return None;
        };
        self.ledger.generated(&node.pointer, note);
        Some(Fields {
            pointer: node.pointer.clone(),
            members,
            taken: Vec::new(),
        })
    }

    /// Settles what was not taken: extensions are documented, anything else is unknown.
    pub(super) fn close(&mut self, fields: &Fields<'a>) {
        for (key, value) in fields.members {
            if fields.taken.iter().any(|taken| taken == key) {
                continue;
            }
            let pointer = fields.pointer.key(key);
            if key.starts_with("x-") {
                self.ledger
                    .documented(&pointer, value, "extension without effect");
            } else {
                let newer = OF_3_1.contains(&key.as_str());
                let (problem, remedy) = if key == "not" {
                    ("cannot be enforced", "say what is allowed instead")
                } else if newer {
                    (
                        "is a keyword of OpenAPI 3.1, and this contract is 3.0",
                        "say it in 3.0",
                    )
                } else {
                    ("means nothing here in OpenAPI 3.0", "correct the name")
                };
                let remedy = by_overlay(&format!("{remedy}, or remove it"), &pointer);
                self.report(&pointer, format!("`{key}` {problem}"), remedy);
            }
        }
    }

    pub(super) fn text(&mut self, node: &Node<'a>, note: &'static str) -> Option<&'a str> {
        if let Value::String(text) = node.value {
            self.ledger.generated(&node.pointer, note);
            return Some(text);
        }
        self.wrong_type(node, &called(node), "a string");
        None
    }

    pub(super) fn flag(&mut self, node: Option<Node<'a>>, note: &'static str) -> bool {
        let Some(node) = node else { return false };
        if let Value::Bool(flag) = node.value {
            self.ledger.generated(&node.pointer, note);
            return *flag;
        }
        self.wrong_type(&node, &called(&node), "true or false");
        false
    }

    /// Text that reaches only the documentation.
    pub(super) fn prose(&mut self, node: Option<Node<'a>>) -> Option<String> {
        let node = node?;
        if let Value::String(text) = node.value {
            self.ledger.documented(&node.pointer, node.value, "prose");
            return Some(text.clone());
        }
        self.wrong_type(&node, &called(&node), "a string");
        None
    }

    /// Takes members whose content changes nothing in the code.
    pub(super) fn set_aside(
        &mut self,
        fields: &mut Fields<'a>,
        keys: &[&'static str],
        note: &'static str,
    ) {
        for key in keys {
            if let Some(node) = fields.take(key) {
                self.ledger.documented(&node.pointer, node.value, note);
                if TEXTS.contains(key) && !node.value.is_string() {
                    self.wrong_type(&node, &called(&node), "a string");
                }
                if FLAGS.contains(key) && !node.value.is_boolean() {
                    self.wrong_type(&node, &called(&node), "true or false");
                }
            }
        }
    }

    pub(super) fn wrong_type(&mut self, node: &Node<'a>, what: &str, wanted: &str) {
        let found = match node.value {
            Value::Null => "null".to_owned(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => format!("the number {number}"),
            Value::String(_) => "a string".to_owned(),
            Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        self.report(
            &node.pointer,
            format!("{what} must be {wanted}, and is {found}"),
            if wanted == "a string" && (node.value.is_number() || node.value.is_boolean()) {
                "put it in quotes".to_owned()
            } else {
                format!("write {wanted} here")
            },
        );
    }
}

/// What a node goes by in a sentence.
fn called(node: &Node<'_>) -> String {
    let name = node.pointer.last();
    if name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit()) {
        "this".to_owned()
    } else {
        format!("`{name}`")
    }
}

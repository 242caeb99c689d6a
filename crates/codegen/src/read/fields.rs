//! Nodes of the document, and the members of its objects, each taken once.

use bigmodel_rerank_openapi::grammar::{Kind, Role, Version, is_extension, keyword};
use bigmodel_rerank_openapi::{Pointer, by_overlay};
use serde_json::{Map, Value};

use super::Reader;
use crate::dialect::Dialect;
use crate::rules;

/// Keywords of OpenAPI 3.1 that allow and forbid no value.
const ANNOTATIONS_OF_3_1: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "examples",
    "identifier",
    "pathItems",
    "summary",
];

/// A value and its address.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) pointer: Pointer,
}

impl<'a> Node<'a> {
    /// The member `key` of an object.
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
    /// What the object is; `None` if OpenAPI does not define it.
    kind: Option<Kind>,
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
    /// The members of a node that is a `kind`; a problem if it is not an object.
    pub(super) fn object(
        &mut self,
        node: &Node<'a>,
        note: &'static str,
        kind: Kind,
    ) -> Option<Fields<'a>> {
        self.fields(node, note, &noun(kind, node), Some(kind))
    }

    /// The members of a node whose keys are names, or that OpenAPI does not define.
    pub(super) fn map(&mut self, node: &Node<'a>, note: &'static str) -> Option<Fields<'a>> {
        self.fields(node, note, &called(node), None)
    }

    fn fields(
        &mut self,
        node: &Node<'a>,
        note: &'static str,
        what: &str,
        kind: Option<Kind>,
    ) -> Option<Fields<'a>> {
        let Value::Object(members) = node.value else {
            self.wrong_type(node, what, "an object");
            return None;
        };
        self.ledger.generated(&node.pointer, note);
        Some(Fields {
            pointer: node.pointer.clone(),
            kind,
            members,
            taken: Vec::new(),
        })
    }

    /// Accounts for what was not taken: extensions are documented, anything else is unknown.
    pub(super) fn close(&mut self, fields: &Fields<'a>) {
        for (key, value) in fields.members {
            if fields.taken.iter().any(|taken| taken == key) {
                continue;
            }
            let pointer = fields.pointer.key(key);
            if is_extension(key) {
                self.ledger
                    .documented(&pointer, value, "extension without effect");
                continue;
            }
            let keyword = fields.kind.and_then(|kind| keyword(kind, key));
            let is_newer = keyword.is_some_and(|keyword| keyword.since > Version::V3_0);
            if key != "not" && fields.kind == Some(Kind::Schema) && keyword.is_some() && !is_newer {
                self.ledger.documented(&pointer, value, "says nothing here");
                let message = format!("`{key}` says nothing about values of this type");
                let help = by_overlay("remove it", &pointer);
                self.remark(&rules::IDLE_KEYWORD, &pointer, message, help);
                continue;
            }
            if self.dialect == Dialect::V3_1 && is_newer {
                self.newer(key, &pointer, value);
                continue;
            }
            let (problem, help) = if key == "not" {
                (
                    "cannot be enforced".to_owned(),
                    "say what is allowed instead",
                )
            } else if is_newer {
                (
                    "is a keyword of OpenAPI 3.1, and this contract is 3.0".to_owned(),
                    "say it in 3.0",
                )
            } else {
                let version = self.dialect.name();
                (
                    format!("is not a keyword here in {version}"),
                    "correct the name",
                )
            };
            let help = by_overlay(&format!("{help}, or remove it"), &pointer);
            let rule = if key == "not" {
                &rules::UNCHECKED_CONSTRAINT
            } else {
                &rules::UNLISTED_KEYWORD
            };
            self.remark(rule, &pointer, format!("`{key}` {problem}"), help);
        }
    }

    /// Accounts for a keyword of OpenAPI 3.1 that has no meaning in 3.0.
    fn newer(&mut self, key: &str, pointer: &Pointer, value: &Value) {
        if ANNOTATIONS_OF_3_1.contains(&key) {
            self.ledger.documented(pointer, value, "prose");
        } else {
            let message = format!("`{key}` cannot be enforced");
            self.uncheck(pointer, message);
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
                let keyword = fields.kind.and_then(|kind| keyword(kind, key));
                match keyword.map(|keyword| keyword.role) {
                    Some(Role::Prose | Role::Text) if !node.value.is_string() => {
                        self.wrong_type(&node, &called(&node), "a string");
                    }
                    Some(Role::Flag) if !node.value.is_boolean() => {
                        self.wrong_type(&node, &called(&node), "true or false");
                    }
                    _ => {}
                }
            }
        }
    }

    pub(super) fn wrong_type(&mut self, node: &Node<'a>, what: &str, wanted: &str) {
        let found = match node.value {
            Value::Null => "null".to_owned(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => format!("the number {number}"),
            Value::String(text) if wanted.contains("number") && is_beyond_floats(text) => {
                format!("{text}, which is beyond the range of 64-bit floating-point numbers")
            }
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

/// Whether a text is a number that no float holds: parsers of JSON and YAML leave it a text.
fn is_beyond_floats(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && text.parse().is_ok_and(f64::is_infinite)
}

/// A node of a kind in a sentence.
fn noun(kind: Kind, node: &Node<'_>) -> String {
    let noun = match kind {
        Kind::Document => "the document",
        Kind::Server => "a server",
        Kind::PathItem => "a path",
        Kind::Operation => "an operation",
        Kind::Parameter => "a parameter",
        Kind::RequestBody => "a request body",
        Kind::MediaType => "a media type",
        Kind::Response => "a response",
        Kind::Schema => "a schema",
        Kind::SecurityScheme => "a security scheme",
        _ => return called(node),
    };
    noun.to_owned()
}

/// A node in a sentence, by its key.
fn called(node: &Node<'_>) -> String {
    let name = node.pointer.last();
    if name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit()) {
        "this".to_owned()
    } else {
        format!("`{name}`")
    }
}

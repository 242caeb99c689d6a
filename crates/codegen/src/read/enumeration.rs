//! Strings with listed values.

use bigmodel_rerank_openapi::by_overlay;
use bigmodel_rerank_openapi::grammar::Kind;
use serde_json::Value;

use super::Reader;
use super::fields::{Fields, Node};
use super::limits::{ValueKind, allows_text};
use super::schema::ANNOTATIONS;
use crate::model::{Enum, Limits, Variant};
use crate::names::{Names, pascal};
use crate::reserved::{ENUM_CONSTANT, UNKNOWN_VARIANT};
use crate::rules;

impl<'a> Reader<'a> {
    /// The listed values of a string, and whether others may come.
    pub(super) fn enumeration(&mut self, node: &Node<'a>) -> Option<Enum> {
        let mut fields = self.object(node, "enum", Kind::Schema)?;
        self.set_aside(&mut fields, ANNOTATIONS, "prose");
        self.set_aside(&mut fields, &["format"], "prose");
        for key in ["type", "nullable"] {
            if let Some(node) = fields.take(key) {
                self.ledger.generated(&node.pointer, "enum");
            }
        }
        let closed = fields.take("enum");
        let open = fields.take("x-extensible-enum");
        let mut values = Vec::new();
        for list in closed.iter().chain(&open) {
            self.listed_strings(list, &mut values)?;
        }
        self.limits_of_values(&mut fields, &values);
        self.limits(&mut fields, ValueKind::Enum);
        self.close(&fields);
        let mut idents = Names::reserving(if open.is_some() {
            &[ENUM_CONSTANT, UNKNOWN_VARIANT]
        } else {
            &[ENUM_CONSTANT]
        });
        let values = values
            .into_iter()
            .map(|wire| Variant {
                ident: idents.take_type(&pascal(&wire)),
                wire,
            })
            .collect();
        Some(Enum {
            values,
            open: open.is_some(),
        })
    }

    /// Holds the limits beside a list of values against the values.
    fn limits_of_values(&mut self, fields: &mut Fields<'a>, values: &[String]) {
        let mut rest = Limits::default();
        for key in ["minLength", "maxLength", "pattern"] {
            let Some(keyword) = fields.take(key) else {
                continue;
            };
            match key {
                "minLength" => rest.min_length = self.count(&keyword),
                "maxLength" => rest.max_length = self.count(&keyword),
                _ => rest.pattern = self.pattern(&keyword),
            }
            let beyond = values.iter().find(|value| !allows_text(&rest, value));
            if let Some(beyond) = beyond {
                let message = format!("`{key}` excludes `{beyond}`, which `enum` lists");
                let help = "correct one of the two";
                self.remark(&rules::ENUM_BEYOND_LIMITS, &keyword.pointer, message, help);
            }
            rest = Limits::default();
        }
    }

    fn listed_strings(&mut self, list: &Node<'a>, values: &mut Vec<String>) -> Option<()> {
        if list.value.as_array().is_none_or(Vec::is_empty) {
            let name = format!("`{}`", list.pointer.last());
            self.wrong_type(list, &name, "a list of one string or more");
            return None;
        }
        self.ledger.generated(&list.pointer, "enum");
        for item in list.items() {
            let text = match item.value {
                Value::Null => {
                    self.ledger.generated(&item.pointer, "Option");
                    continue;
                }
                Value::Number(_) | Value::Bool(_) => {
                    let message = format!("`enum` lists {} for strings", item.value);
                    let help = "put the value in quotes";
                    self.remark(&rules::ENUM_AS_TEXT, &item.pointer, message, help);
                    item.value.to_string()
                }
                Value::Array(_) | Value::Object(_) => {
                    let message = format!("`enum` lists {}, which is not a string", item.value);
                    let help = by_overlay("remove it, or correct `type`", &item.pointer);
                    self.remark(&rules::IDLE_KEYWORD, &item.pointer, message, help);
                    self.ledger
                        .documented(&item.pointer, item.value, "no string");
                    continue;
                }
                Value::String(_) => self.text(&item, "variant")?.to_owned(),
            };
            if !values.contains(&text) {
                values.push(text);
            }
        }
        Some(())
    }
}

/// Whether there is an empty list of values.
pub(super) fn lists_nothing(node: &Node<'_>) -> bool {
    let list = node.value.get("enum").and_then(Value::as_array);
    list.is_some_and(Vec::is_empty)
}

/// Whether `enum` lists objects and lists only, of which none is a string.
pub(super) fn lists_no_text(node: &Node<'_>) -> bool {
    let list = node.value.get("enum").and_then(Value::as_array);
    list.is_some_and(|list| {
        let mut values = list.iter();
        values.all(|value| value.is_array() || value.is_object())
    })
}

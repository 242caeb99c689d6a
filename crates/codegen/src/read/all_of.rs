//! `allOf`: another name for its only member, an object merged from all of them, or the narrowest
//! of its members.

use bigmodel_rerank_openapi::reference;
use serde_json::Value;

use super::Reader;
use super::fields::{Fields, Node};
use super::limits::ValueKind;
use super::schema::ANNOTATIONS;
use super::union::OBJECT_KEYWORDS;
use crate::model::{Scalar, Type, TypeRef};
use crate::rules;

impl<'a> Reader<'a> {
    pub(super) fn all_of(
        &mut self,
        node: &Node<'a>,
        fields: &mut Fields<'a>,
        name: &str,
    ) -> Option<TypeRef> {
        let members = fields.take("allOf")?;
        if members.value.as_array().is_none_or(Vec::is_empty) {
            self.wrong_type(&members, "`allOf`", "a list of schemas");
            return None;
        }
        self.ledger.generated(&members.pointer, "allOf");
        let (meaningful, annotating): (Vec<_>, Vec<_>) =
            members.items().partition(|member| !is_annotation(member));
        let owns = OBJECT_KEYWORDS
            .iter()
            .chain(&["oneOf", "anyOf"])
            .any(|key| fields.has(key));
        let is_object = owns || (meaningful.len() > 1 && self.are_objects(&meaningful));
        if is_object {
            let nullable = meaningful.iter().all(|member| self.allows_null(member));
            let form = self.form_of_object(node);
            let nullable = nullable && !meaningful.is_empty();
            return Some(self.declare(node, name, form, nullable));
        }
        for member in &annotating {
            self.ledger
                .documented(&member.pointer, member.value, "prose");
        }
        let Some((first, others)) = meaningful.split_first() else {
            return self.by_type(node, fields, name);
        };
        self.set_aside(fields, ANNOTATIONS, "prose");
        if let Some(kind) = fields.take("type") {
            self.ledger
                .documented(&kind.pointer, kind.value, "said by allOf");
        }
        let type_ref = self.intersection(first, others, name)?;
        let mut type_ref = type_ref.unwrap_or_else(|at| {
            self.depart(
                &rules::UNMERGED,
                &at,
                "`allOf` merges schemas that contradict each other",
            );
            TypeRef::plain(Type::Any)
        });
        type_ref.nullable |= annotating
            .iter()
            .any(|member| member.value.get("nullable") == Some(&Value::Bool(true)));
        let limits = self.limits(fields, value_kind(&type_ref.ty));
        self.close(fields);
        match type_ref.limits.and(&limits) {
            Some(both) => type_ref.limits = both,
            None => self.uncheck(
                &node.pointer,
                "limits beside `allOf` contradict those in it",
            ),
        }
        Some(type_ref)
    }

    /// Whether schemas describe objects, as far as their keywords say.
    fn are_objects(&self, schemas: &[Node<'a>]) -> bool {
        schemas.iter().all(|schema| {
            let found = reference::resolve(self.root, schema.value, &schema.pointer);
            let Some((value, _)) = found else {
                return true;
            };
            match value.get("type").and_then(Value::as_str) {
                Some(name) => name == "object",
                None => !["enum", "items", "x-extensible-enum"]
                    .iter()
                    .any(|key| value.get(key).is_some()),
            }
        })
    }
}

/// The kind of values that limits beside `allOf` speak of.
fn value_kind(ty: &Type) -> ValueKind {
    match ty {
        Type::Scalar(Scalar::String) => ValueKind::Text,
        Type::Scalar(Scalar::Bool) => ValueKind::Bool,
        Type::Scalar(Scalar::Int(_) | Scalar::Number(_)) => ValueKind::Number,
        Type::Array(_) => ValueKind::List,
        Type::Map(_) => ValueKind::Map,
        // The checks of a named type are its own, and its body is read later.
        Type::Named(_) => ValueKind::Union,
        Type::Any | Type::Upload | Type::Stream(_) => ValueKind::Any,
    }
}

/// Whether a schema only has annotations.
fn is_annotation(node: &Node<'_>) -> bool {
    node.members()
        .all(|(key, _)| ANNOTATIONS.contains(&key) || key == "nullable" || key.starts_with("x-"))
}

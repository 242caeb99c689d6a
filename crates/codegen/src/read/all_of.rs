//! `allOf`: another name for its only member, an object merged from all of them, or the narrowest
//! of its members.

use bigmodel_rerank_openapi::{IntegerType, NumberType, reference};
use serde_json::Value;

use super::Reader;
use super::fields::{Fields, Node};
use super::intersection::both;
use super::limits::ValueKind;
use super::schema::{ANNOTATIONS, annotates};
use super::subtypes::has_discriminator;
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
        let is_object = owns
            || (meaningful.len() > 1 && self.are_objects(&meaningful))
            || self.is_plain_subtype(node, &meaningful);
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
        let kind = fields.take("type");
        if let Some(kind) = &kind {
            self.ledger
                .documented(&kind.pointer, kind.value, "said by allOf");
        }
        let merged = self.intersection(first, others, name)?;
        let merged = merged.map_err(|at| (at, "`allOf` merges schemas that contradict each other"));
        let narrowed = merged.and_then(|type_ref| match &kind {
            Some(kind) => self.of_own_type(type_ref, kind, first).ok_or_else(|| {
                let message = "`type` contradicts the schema that it is beside";
                (kind.pointer.clone(), message)
            }),
            None => Ok(type_ref),
        });
        let mut type_ref = narrowed.unwrap_or_else(|(at, message)| {
            self.depart(&rules::UNMERGED, &at, message);
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

    /// Whether a component extends a base that has a `discriminator`, and adds nothing to it. It
    /// has a type of its own, since another name for the base would make the base its own branch.
    fn is_plain_subtype(&self, node: &Node<'a>, members: &[Node<'a>]) -> bool {
        let [base] = members else {
            return false;
        };
        let base = reference::text(base.value).and_then(reference::target);
        let base = base.and_then(|pointer| {
            let value = pointer.get(self.root)?;
            Some(Node { value, pointer })
        });
        self.component_names.contains_key(&node.pointer)
            && base.is_some_and(|base| has_discriminator(&base))
    }

    /// The type that `allOf` gives, where its schema has a `type`, too; `None` if the two contradict
    /// each other.
    fn of_own_type(
        &self,
        type_ref: TypeRef,
        kind: &Node<'a>,
        member: &Node<'a>,
    ) -> Option<TypeRef> {
        let Some(own) = kind.value.as_str() else {
            return Some(type_ref);
        };
        let scalar = match (own, &type_ref.ty) {
            (_, Type::Named(_)) => {
                let found = reference::resolve(self.root, member.value, &member.pointer);
                let stated = found.and_then(|(value, _)| stated_type(value));
                return stated
                    .is_none_or(|stated| stated == own)
                    .then_some(type_ref);
            }
            ("object", Type::Array(_) | Type::Scalar(_))
            | ("array", Type::Map(_) | Type::Scalar(_)) => return None,
            ("string", _) => Scalar::String,
            ("boolean", _) => Scalar::Bool,
            ("integer", _) => Scalar::Int(IntegerType::I64),
            // All numbers are numbers, whatever their format is.
            ("number", Type::Scalar(Scalar::Int(_) | Scalar::Number(_))) => return Some(type_ref),
            ("number", _) => Scalar::Number(NumberType::F64),
            _ => return Some(type_ref),
        };
        let scalar = TypeRef {
            nullable: type_ref.nullable,
            ..TypeRef::plain(Type::Scalar(scalar))
        };
        both(&type_ref, &scalar)
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

/// The type of a schema, as far as it says one.
fn stated_type(schema: &Value) -> Option<&str> {
    let implied = || {
        let mut keys = OBJECT_KEYWORDS.iter();
        let is_object = keys.any(|key| schema.get(key).is_some());
        is_object.then_some("object")
    };
    schema.get("type").and_then(Value::as_str).or_else(implied)
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
    node.members().all(|(key, _)| annotates(key))
}

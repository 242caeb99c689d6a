//! Bodies of named types: structs, `allOf`, and strings with listed values.

use std::collections::HashSet;

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::Kind;
use serde_json::Value;

use super::Reader;
use super::fields::{Fields, Node};
use super::limits::ValueKind;
use super::schema::{ANNOTATIONS, Additional};
use crate::model::{Docs, Enum, Field, Limits, Scalar, Struct, Type, TypeRef, Variant};
use crate::names::{Names, pascal, snake};
use crate::reserved::UNKNOWN_VARIANT;

/// A struct while its parts are being gathered.
#[derive(Default)]
struct Draft {
    fields: Vec<(String, Docs, TypeRef, Pointer)>,
    required: Vec<(String, Pointer)>,
    additional: Option<TypeRef>,
    /// The schemas that are gathered: what several of them share is read once.
    gathered: HashSet<Pointer>,
}

impl<'a> Reader<'a> {
    /// `allOf`: another name for its only member, or an object merged from all of them.
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
        let (meaningful, annotating): (Vec<_>, Vec<_>) =
            members.items().partition(|member| !is_annotation(member));
        let owns = ["properties", "required", "additionalProperties"]
            .iter()
            .any(|key| fields.has(key));
        match meaningful.as_slice() {
            [only] if !owns => {
                self.ledger.generated(&members.pointer, "allOf");
                for member in &annotating {
                    self.ledger
                        .documented(&member.pointer, member.value, "prose");
                }
                self.set_aside(fields, ANNOTATIONS, "prose");
                if let Some(kind) = fields.take("type") {
                    self.ledger
                        .documented(&kind.pointer, kind.value, "said by allOf");
                }
                self.limits(fields, ValueKind::Merged);
                self.close(fields);
                let mut type_ref = self.type_ref(only, name)?;
                type_ref.nullable |= annotating
                    .iter()
                    .any(|member| member.value.get("nullable") == Some(&Value::Bool(true)));
                Some(type_ref)
            }
            [] if !owns => {
                self.report(
                    &members.pointer,
                    "`allOf` holds no schema with a type",
                    "give it one",
                );
                None
            }
            _ => Some(self.declare(node, name, false)),
        }
    }

    pub(super) fn structure(&mut self, node: &Node<'a>, name: &str) -> Option<Struct> {
        let mut draft = Draft::default();
        self.part(node, name, &mut draft, &mut Vec::new())?;
        let mut idents = Names::default();
        let fields: Vec<_> = draft
            .fields
            .into_iter()
            .map(|(wire, docs, type_ref, _)| Field {
                ident: idents.take(&snake(&wire)),
                // What only one side sends is required of that side, and this is a type for both.
                required: docs.direction.is_none()
                    && draft.required.iter().any(|(name, _)| *name == wire),
                wire,
                docs,
                type_ref,
            })
            .collect();
        for (wire, at) in &draft.required {
            if !fields.iter().any(|field| field.wire == *wire) {
                self.report(
                    at,
                    format!("`required` names `{wire}`, which is no property"),
                    "add the property, or take the name out",
                );
            }
        }
        Some(Struct {
            fields,
            additional: draft.additional,
        })
    }

    /// Adds what one schema says of an object; `owner` names types that stand inside it.
    fn part(
        &mut self,
        node: &Node<'a>,
        owner: &str,
        draft: &mut Draft,
        trail: &mut Vec<Pointer>,
    ) -> Option<()> {
        if !draft.gathered.insert(node.pointer.clone()) {
            return Some(());
        }
        trail.push(node.pointer.clone());
        self.deeper(&node.pointer, |reader| match node.member("$ref") {
            Some(reference) => {
                let target = reader.target(node, &reference)?;
                if trail.contains(&target.pointer) {
                    reader.report(
                        &reference.pointer,
                        "this `allOf` leads back to itself",
                        "take the schema out of its own `allOf`",
                    );
                    return None;
                }
                let name = reader.component_names.get(&target.pointer).cloned();
                reader.part(&target, name.as_deref().unwrap_or(owner), draft, trail)
            }
            None => reader.object_part(node, owner, draft, trail),
        })?;
        trail.pop();
        Some(())
    }

    fn object_part(
        &mut self,
        node: &Node<'a>,
        owner: &str,
        draft: &mut Draft,
        trail: &mut Vec<Pointer>,
    ) -> Option<()> {
        let mut fields = self.object(node, "struct", Kind::Schema)?;
        for key in ["oneOf", "anyOf", "not", "enum", "items"] {
            if let Some(node) = fields.take(key) {
                let problem = format!("`{key}` inside an object that is merged cannot be enforced");
                self.refuse(&node.pointer, problem);
                return None;
            }
        }
        if let Some(kind) = fields.take("type")
            && self.text(&kind, "type")? != "object"
        {
            self.refuse(
                &node.pointer,
                "`allOf` can merge only objects, and this is none",
            );
            return None;
        }
        self.set_aside(&mut fields, ANNOTATIONS, "prose");
        self.set_aside(&mut fields, &["discriminator"], "prose");
        if let Some(nullable) = fields.take("nullable") {
            self.flag(Some(nullable), "Option");
        }
        self.limits(&mut fields, ValueKind::Struct);
        if let Some(members) = fields.take("allOf") {
            self.ledger.generated(&members.pointer, "allOf");
            for member in members.items() {
                self.part(&member, owner, draft, trail)?;
            }
        }
        if let Some(properties) = fields.take("properties") {
            self.map(&properties, "fields")?;
            for (wire, property) in properties.members() {
                self.property(wire, &property, owner, draft);
            }
        }
        if let Some(required) = fields.take("required") {
            self.required(&required, draft);
        }
        if let Some(additional) = fields.take("additionalProperties")
            && let Additional::Kept(type_ref) = self.additional(&additional, owner)?
        {
            let merged = match &draft.additional {
                Some(known) => both(known, &type_ref),
                None => Some(*type_ref),
            };
            if merged.is_none() {
                let problem = "`allOf` gives unnamed members two types";
                self.report(&additional.pointer, problem, "make the two agree");
            }
            draft.additional = merged;
        }
        self.close(&fields);
        Some(())
    }

    fn property(&mut self, wire: &str, node: &Node<'a>, owner: &str, draft: &mut Draft) {
        let Some(type_ref) = self.type_ref(node, &format!("{owner}{}", pascal(wire))) else {
            return;
        };
        let docs = self.docs(node);
        let Some(known) = draft.fields.iter_mut().find(|(name, ..)| name == wire) else {
            let pointer = node.pointer.clone();
            draft
                .fields
                .push((wire.to_owned(), docs, type_ref, pointer));
            return;
        };
        if known.3 == node.pointer {
            return;
        }
        match both(&known.2, &type_ref) {
            Some(type_ref) => *known = (wire.to_owned(), docs, type_ref, node.pointer.clone()),
            None => {
                let first = known.3.clone();
                self.report(
                    &node.pointer,
                    format!("`allOf` gives `{wire}` two types, the other at {first}"),
                    "make the two agree",
                );
            }
        }
    }

    fn required(&mut self, node: &Node<'a>, draft: &mut Draft) {
        if !node.value.is_array() {
            self.wrong_type(node, "`required` of an object", "a list of property names");
            return;
        }
        self.ledger.generated(&node.pointer, "required fields");
        for item in node.items() {
            if let Some(name) = self.text(&item, "required field") {
                draft.required.push((name.to_owned(), item.pointer));
            }
        }
    }

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
        self.limits(&mut fields, ValueKind::Enum);
        self.close(&fields);
        let mut values = Vec::new();
        for list in closed.iter().chain(&open) {
            self.listed_strings(list, &mut values)?;
        }
        let mut idents = Names::reserving(if open.is_some() {
            &[UNKNOWN_VARIANT]
        } else {
            &[]
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

    fn listed_strings(&mut self, list: &Node<'a>, values: &mut Vec<String>) -> Option<()> {
        if list.value.as_array().is_none_or(Vec::is_empty) {
            let name = format!("`{}`", list.pointer.last());
            self.wrong_type(list, &name, "a list of one string or more");
            return None;
        }
        self.ledger.generated(&list.pointer, "enum");
        for item in list.items() {
            if item.value.is_null() {
                self.ledger.generated(&item.pointer, "Option");
            } else {
                let text = self.text(&item, "variant")?;
                if !values.iter().any(|value| value == text) {
                    values.push(text.to_owned());
                }
            }
        }
        Some(())
    }
}

/// Whether a schema only comments on another one that stands beside it.
fn is_annotation(node: &Node<'_>) -> bool {
    node.members()
        .all(|(key, _)| ANNOTATIONS.contains(&key) || key == "nullable" || key.starts_with("x-"))
}

/// What is left of a property that two parts describe: the narrower type, null only if both
/// allow it, the limits of both. `None`: the two clash.
fn both(first: &TypeRef, second: &TypeRef) -> Option<TypeRef> {
    let ty = match (&first.ty, &second.ty) {
        (Type::Any, other) | (other, Type::Any) => other.clone(),
        (Type::Scalar(a), Type::Scalar(b)) if a == b => first.ty.clone(),
        (Type::Scalar(Scalar::String), named @ Type::Named(_))
        | (named @ Type::Named(_), Type::Scalar(Scalar::String)) => named.clone(),
        (Type::Named(a), Type::Named(b)) if a == b => first.ty.clone(),
        (Type::Array(a), Type::Array(b)) => Type::Array(Box::new(both(a, b)?)),
        (Type::Map(a), Type::Map(b)) => Type::Map(Box::new(both(a, b)?)),
        _ => return None,
    };
    let limits = first.limits.and(&second.limits)?;
    // The checks of a named type are its own; it carries no limits besides.
    if matches!(ty, Type::Named(_)) && limits != Limits::default() {
        return None;
    }
    Some(TypeRef {
        ty,
        nullable: match (&first.ty, &second.ty) {
            // A part without a type says nothing about null either.
            (Type::Any, _) => second.nullable,
            (_, Type::Any) => first.nullable,
            _ => first.nullable && second.nullable,
        },
        limits,
    })
}

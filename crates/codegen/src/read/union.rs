//! `oneOf` and `anyOf`: a nullable type, an open enum, or a union of types.

use std::collections::HashSet;

use bigmodel_rerank_openapi::grammar::{Kind, is_extension};
use bigmodel_rerank_openapi::reference;
use serde_json::Value;

use super::fields::{Fields, Node};
use super::limits::ValueKind;
use super::schema::ANNOTATIONS;
use super::{Form, Reader};
use crate::model::{Branch, Limits, Scalar, Type, TypeRef, Union};
use crate::names::Names;
use crate::rules;

/// Keywords that make a schema with branches an object of its own.
pub(super) const OBJECT_KEYWORDS: &[&str] = &["properties", "required", "additionalProperties"];

impl<'a> Reader<'a> {
    pub(super) fn one_of(
        &mut self,
        node: &Node<'a>,
        fields: &mut Fields<'a>,
        name: &str,
    ) -> Option<TypeRef> {
        let key = if fields.has("oneOf") {
            "oneOf"
        } else {
            "anyOf"
        };
        let members = fields.take(key)?;
        let Some(branches) = members.value.as_array() else {
            self.wrong_type(&members, &format!("`{key}`"), "a list of schemas");
            return None;
        };
        if branches.is_empty() {
            let message = format!("`{key}` lists no schema");
            self.depart(&rules::EMPTY_UNION, &members.pointer, message);
            self.union_keywords(fields);
            return Some(TypeRef::plain(Type::Any));
        }
        self.ledger.generated(&members.pointer, "union");
        if let Some(key) = OBJECT_KEYWORDS.iter().find(|key| fields.has(key)) {
            self.ledger.generated(&node.pointer.key(key), "struct");
            let nullable = self.allows_null(node);
            return Some(self.declare(node, name, Form::Struct, nullable));
        }
        if key == "oneOf"
            && let Some(second) = fields.take("anyOf")
        {
            self.depart(
                &rules::UNMERGED,
                &second.pointer,
                "`anyOf` beside `oneOf` cannot be enforced",
            );
            self.union_keywords(fields);
            return Some(TypeRef::plain(Type::Any));
        }
        let (nulls, others): (Vec<_>, Vec<_>) = members.items().partition(is_null);
        for null in &nulls {
            self.ledger.documented(&null.pointer, null.value, "Option");
        }
        let nullable = !nulls.is_empty() || others.iter().any(|other| self.allows_null(other));
        match others.as_slice() {
            [] => {
                self.union_keywords(fields);
                Some(TypeRef::plain(Type::Any))
            }
            [only] => {
                self.union_keywords(fields);
                let mut type_ref = self.type_ref(only, name)?;
                type_ref.nullable |= nullable;
                Some(type_ref)
            }
            several => {
                if let Some(scalar) = self.one_scalar(several, fields, name) {
                    return scalar.map(|type_ref| TypeRef {
                        nullable,
                        ..type_ref
                    });
                }
                Some(self.declare(node, name, Form::Union, nullable))
            }
        }
    }

    /// Branches of one scalar type are that type; `None` if they are of several.
    fn one_scalar(
        &mut self,
        branches: &[Node<'a>],
        fields: &mut Fields<'a>,
        name: &str,
    ) -> Option<Option<TypeRef>> {
        let plain = |branch: &Node<'a>| {
            let (value, _) = reference::resolve(self.root, branch.value, &branch.pointer)?;
            let is_plain = !["enum", "x-extensible-enum"]
                .iter()
                .any(|key| value.get(key).is_some());
            let name = value.get("type")?.as_str()?;
            (is_plain && ["string", "integer", "number", "boolean"].contains(&name)).then_some(name)
        };
        let first = branches.first().and_then(plain)?;
        if !branches.iter().all(|branch| plain(branch) == Some(first)) {
            return None;
        }
        let mut merged: Option<TypeRef> = None;
        for branch in branches {
            let Some(type_ref) = self.type_ref(branch, name) else {
                return Some(None);
            };
            match &mut merged {
                None => merged = Some(type_ref),
                // Another format of numbers is another type.
                Some(known) if known.ty != type_ref.ty => return None,
                Some(known) if known.limits != type_ref.limits => {
                    known.limits = Limits::default();
                    let message = "the limits of branches with one type cannot be enforced";
                    self.uncheck(&branch.pointer, message);
                }
                Some(_) => {}
            }
        }
        self.union_keywords(fields);
        Some(merged)
    }

    /// Whether null is a value of the schema, as far as its keywords say.
    pub(super) fn allows_null(&self, node: &Node<'a>) -> bool {
        let lists_null = |value: &Value, key: &str| {
            let list = value.get(key).and_then(Value::as_array);
            list.is_some_and(|list| {
                list.iter()
                    .any(|one| one.is_null() || (key == "type" && one == "null"))
            })
        };
        self.parts(node, &["oneOf", "anyOf"]).iter().any(|part| {
            is_null(part)
                || part.value.get("nullable") == Some(&Value::Bool(true))
                || lists_null(part.value, "enum")
                || lists_null(part.value, "type")
        })
    }

    /// What may be beside `oneOf` and `anyOf`; the rest is not enforced.
    fn union_keywords(&mut self, fields: &mut Fields<'a>) {
        self.set_aside(fields, ANNOTATIONS, "prose");
        for key in ["type", "nullable", "discriminator"] {
            if let Some(node) = fields.take(key) {
                self.ledger.documented(&node.pointer, node.value, "union");
            }
        }
        for key in ["not", "items"] {
            if let Some(node) = fields.take(key) {
                let problem = format!("`{key}` beside `oneOf` or `anyOf` cannot be enforced");
                self.uncheck(&node.pointer, problem);
            }
        }
        self.limits(fields, ValueKind::Union);
        self.close(fields);
    }

    pub(super) fn union(&mut self, node: &Node<'a>, name: &str) -> Option<Union> {
        let mut fields = self.object(node, "union", Kind::Schema)?;
        let members = fields.take("oneOf").or_else(|| fields.take("anyOf"))?;
        let discriminator = fields.take("discriminator");
        self.union_keywords(&mut fields);
        let mut idents = Names::default();
        let mut branches: Vec<Branch> = Vec::new();
        let all = match discriminator {
            Some(_) => members.items().collect(),
            None => self.flattened(&members),
        };
        for (index, member) in all.into_iter().enumerate() {
            if is_null(&member) {
                self.ledger
                    .documented(&member.pointer, member.value, "Option");
                continue;
            }
            let type_ref = self.type_ref(&member, &format!("{name}Variant{}", index + 1))?;
            // A null that a branch allows is one of the union's.
            let type_ref = type_ref.not_null();
            let reference = member.value.get("$ref").and_then(Value::as_str);
            let key = reference.and_then(|text| text.rsplit('/').next());
            let tags = key.map(str::to_owned);
            let known = branches
                .iter_mut()
                .find(|known| known.type_ref.ty == type_ref.ty);
            if let Some(known) = known.filter(|_| discriminator.is_none()) {
                if known.type_ref.limits != type_ref.limits {
                    known.type_ref.limits = Limits::default();
                    let message = "the limits of branches with one type cannot be enforced";
                    self.uncheck(&member.pointer, message);
                }
                continue;
            }
            branches.push(Branch {
                ident: idents.take_type(&self.branch_name(&type_ref)),
                type_ref,
                tagged_by_name: tags.is_some(),
                tags: tags.into_iter().collect(),
            });
        }
        let tag = discriminator.and_then(|node| self.discriminator(&node, &members, &mut branches));
        Some(Union {
            branches,
            tag,
            open: false,
        })
    }

    /// The branches, and in place of a union among them its own.
    fn flattened(&mut self, members: &Node<'a>) -> Vec<Node<'a>> {
        let mut open: Vec<_> = members.items().collect();
        open.reverse();
        let mut seen = HashSet::new();
        let mut flat = Vec::new();
        while let Some(member) = open.pop() {
            let inner = reference::resolve(self.root, member.value, &member.pointer)
                .filter(|(value, pointer)| is_plain_union(value) && seen.insert(pointer.clone()))
                .and_then(|(value, pointer)| {
                    let node = Node { value, pointer };
                    node.member("oneOf").or_else(|| node.member("anyOf"))
                });
            match inner {
                Some(inner) => {
                    self.ledger.generated(&member.pointer, "union");
                    if let Some(reference) = member.member("$ref") {
                        // The schema itself is read as well, so that nothing of it is overlooked.
                        self.ledger.generated(&reference.pointer, "union");
                    } else {
                        self.ledger.generated(&inner.pointer, "union");
                        for (_, keyword) in member.members() {
                            self.ledger.leave(&keyword.pointer, keyword.value, "prose");
                        }
                    }
                    let mut inner: Vec<_> = inner.items().collect();
                    inner.reverse();
                    open.extend(inner);
                }
                None => flat.push(member),
            }
        }
        flat
    }

    fn branch_name(&self, type_ref: &TypeRef) -> String {
        match &type_ref.ty {
            Type::Scalar(Scalar::Bool) => "Boolean".to_owned(),
            Type::Scalar(Scalar::Int(_)) => "Integer".to_owned(),
            Type::Scalar(Scalar::Number(_)) => "Number".to_owned(),
            Type::Scalar(Scalar::String) => "String".to_owned(),
            Type::Any | Type::Upload | Type::Stream(_) => "Any".to_owned(),
            Type::Array(items) => format!("{}List", self.branch_name(items)),
            Type::Map(values) => format!("{}Map", self.branch_name(values)),
            Type::Named(id) => match self.types.get(*id) {
                Some(def) => def.name.clone(),
                None => "Other".to_owned(),
            },
        }
    }

    /// The property that tells the branches apart; fills in the values that mean each.
    fn discriminator(
        &mut self,
        node: &Node<'a>,
        members: &Node<'a>,
        branches: &mut [Branch],
    ) -> Option<String> {
        let mut fields = self.object(node, "union", Kind::Discriminator)?;
        let Some(property) = fields.take("propertyName") else {
            self.remark(
                &rules::UNTYPED_DISCRIMINATOR,
                &node.pointer,
                "the `discriminator` has no `propertyName`",
                "name the property that tells the branches apart",
            );
            return None;
        };
        let property = self.text(&property, "union")?.to_owned();
        if let Some(mapping) = fields.take("mapping") {
            self.map(&mapping, "union")?;
            for (value, target) in mapping.members() {
                let name = self.text(&target, "union")?;
                let name = name.rsplit('/').next().unwrap_or(name);
                let references = members.items().filter(|member| !is_null(member));
                let branch = references
                    .zip(branches.iter_mut())
                    .find(|(member, _)| {
                        let reference = member.value.get("$ref").and_then(Value::as_str);
                        reference.and_then(|text| text.rsplit('/').next()) == Some(name)
                    })
                    .map(|(_, branch)| branch);
                match branch {
                    Some(branch) => {
                        // A mapped schema goes by its mapped values only.
                        if std::mem::take(&mut branch.tagged_by_name) {
                            branch.tags.clear();
                        }
                        branch.tags.push(value.to_owned());
                    }
                    None => self.remark(
                        &rules::UNTYPED_DISCRIMINATOR,
                        &target.pointer,
                        format!("`{name}` is not among the branches"),
                        "name a schema of the list",
                    ),
                }
            }
        }
        self.close(&fields);
        Some(property)
    }
}

/// Whether a schema is a union and nothing else, with nothing but its branches to go by.
fn is_plain_union(value: &Value) -> bool {
    value.as_object().is_some_and(|members| {
        members.keys().any(|key| key == "oneOf" || key == "anyOf")
            && members.keys().all(|key| {
                ["oneOf", "anyOf", "nullable"].contains(&key.as_str())
                    || ANNOTATIONS.contains(&key.as_str())
                    || is_extension(key)
            })
            && !(members.contains_key("oneOf") && members.contains_key("anyOf"))
    })
}

/// The two ways in which OpenAPI 3.0 documents write "or null".
pub(super) fn is_null(node: &Node<'_>) -> bool {
    is_null_schema(node.value)
}

/// As [`is_null`], for a schema without its address.
pub(super) fn is_null_schema(schema: &Value) -> bool {
    let Some(members) = schema.as_object() else {
        return false;
    };
    let only = |key: &str| members.len() == 1 && members.contains_key(key);
    let listed = members.get("enum").and_then(Value::as_array);
    listed.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
        || (only("nullable") && members.get("nullable") == Some(&Value::Bool(true)))
        || members.get("type").and_then(Value::as_str) == Some("null")
}

//! `oneOf` and `anyOf`: a nullable type, an open enum, or a union of types.

use bigmodel_rerank_openapi::grammar::Kind;
use serde_json::Value;

use super::Reader;
use super::fields::{Fields, Node};
use super::limits::ValueKind;
use super::schema::ANNOTATIONS;
use crate::model::{Branch, Scalar, Type, TypeRef, Union};
use crate::names::Names;

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
        if members.value.as_array().is_none_or(Vec::is_empty) {
            self.wrong_type(&members, &format!("`{key}`"), "a list of schemas");
            return None;
        }
        self.ledger.generated(&members.pointer, "union");
        let (nulls, others): (Vec<_>, Vec<_>) = members.items().partition(is_null);
        for null in &nulls {
            self.ledger.documented(&null.pointer, null.value, "Option");
        }
        let [only] = others.as_slice() else {
            return Some(self.declare(node, name, !nulls.is_empty()));
        };
        self.union_keywords(fields);
        let mut type_ref = self.type_ref(only, name)?;
        type_ref.nullable |= !nulls.is_empty();
        Some(type_ref)
    }

    /// What may stand beside `oneOf` and `anyOf`; the rest cannot be enforced.
    fn union_keywords(&mut self, fields: &mut Fields<'a>) {
        self.set_aside(fields, ANNOTATIONS, "prose");
        for key in ["type", "nullable"] {
            if let Some(node) = fields.take(key) {
                self.ledger.generated(&node.pointer, "union");
            }
        }
        for key in [
            "properties",
            "required",
            "additionalProperties",
            "not",
            "items",
        ] {
            if let Some(node) = fields.take(key) {
                let problem = format!("`{key}` beside `oneOf` or `anyOf` cannot be enforced");
                self.refuse(&node.pointer, problem);
            }
        }
        self.limits(fields, ValueKind::Union);
        self.close(fields);
    }

    pub(super) fn union(&mut self, node: &Node<'a>, name: &str) -> Option<Union> {
        let mut fields = self.object(node, "union", Kind::Schema)?;
        let one_of = fields.take("oneOf");
        let any_of = fields.take("anyOf");
        if let (Some(_), Some(second)) = (&one_of, &any_of) {
            self.refuse(&second.pointer, "`anyOf` beside `oneOf` cannot be enforced");
            return None;
        }
        let discriminator = fields.take("discriminator");
        self.union_keywords(&mut fields);
        let members = one_of.or(any_of)?;
        let mut idents = Names::default();
        let mut branches = Vec::new();
        for (index, member) in members.items().enumerate() {
            if is_null(&member) {
                continue;
            }
            let type_ref = self.type_ref(&member, &format!("{name}Variant{}", index + 1))?;
            if type_ref.nullable {
                self.report(
                    &member.pointer,
                    "a branch that may be null cannot be carried: null belongs to no branch",
                    "let the branch have a value, and say beside the list that it is `nullable`",
                );
                return None;
            }
            let ident = idents.take_type(&self.branch_name(&type_ref));
            let reference = member.value.get("$ref").and_then(Value::as_str);
            let key = reference.and_then(|text| text.rsplit('/').next());
            branches.push(Branch {
                ident,
                type_ref,
                tags: key.map(str::to_owned).into_iter().collect(),
            });
        }
        let tag = match discriminator {
            Some(node) => Some(self.discriminator(&node, &members, &mut branches)?),
            None => None,
        };
        Some(Union { branches, tag })
    }

    fn branch_name(&self, type_ref: &TypeRef) -> String {
        match &type_ref.ty {
            Type::Scalar(Scalar::Bool) => "Boolean".to_owned(),
            Type::Scalar(Scalar::Int(_)) => "Integer".to_owned(),
            Type::Scalar(Scalar::Number(_)) => "Number".to_owned(),
            Type::Scalar(Scalar::String) => "String".to_owned(),
            Type::Any => "Any".to_owned(),
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
            self.report(
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
                    Some(branch) => branch.tags.push(value.to_owned()),
                    None => self.report(
                        &target.pointer,
                        format!("`{name}` is none of the branches"),
                        "name a schema that stands in the list",
                    ),
                }
            }
            // A mapped schema goes by its mapped values only.
            for branch in branches.iter_mut().filter(|branch| branch.tags.len() > 1) {
                branch.tags.remove(0);
            }
        }
        self.close(&fields);
        Some(property)
    }
}

/// The two ways in which OpenAPI 3.0 documents write "or null".
fn is_null(node: &Node<'_>) -> bool {
    let Some(members) = node.value.as_object() else {
        return false;
    };
    let only = |key: &str| members.len() == 1 && members.contains_key(key);
    let listed = members.get("enum").and_then(Value::as_array);
    listed.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
        || (only("nullable") && members.get("nullable") == Some(&Value::Bool(true)))
        || members.get("type").and_then(Value::as_str) == Some("null")
}

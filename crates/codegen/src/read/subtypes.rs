//! A base with a `discriminator`, whose subtypes name it in their `allOf`: where it is used, a
//! value may be any of them.

use std::collections::HashSet;

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::Value;

use super::fields::Node;
use super::{Form, Reader};
use crate::model::{Branch, Union};
use crate::names::{Names, pascal};
use crate::reserved::OTHER_VARIANT;
use crate::rules;

impl<'a> Reader<'a> {
    /// What becomes of an object: a struct, or the union of its subtypes.
    pub(super) fn form_of_object(&self, node: &Node<'a>) -> Form<'a> {
        if self.subtypes(node).is_empty() {
            Form::Struct
        } else {
            Form::Subtypes
        }
    }

    /// The schemas whose `allOf` leads to this one, if that has a `discriminator`; those that are
    /// bases themselves are left out, and theirs are in.
    fn subtypes(&self, base: &Node<'a>) -> Vec<Node<'a>> {
        if !has_discriminator(base) {
            return Vec::new();
        }
        let schemas: Vec<_> = self.component_schemas();
        let mut subtypes = Vec::new();
        let mut seen = HashSet::from([base.pointer.clone()]);
        let mut open = vec![base.pointer.clone()];
        while let Some(base) = open.pop() {
            for schema in &schemas {
                if extends(schema, &base) && seen.insert(schema.pointer.clone()) {
                    open.push(schema.pointer.clone());
                    let is_base = has_discriminator(schema)
                        && schemas.iter().any(|one| extends(one, &schema.pointer));
                    if !is_base {
                        subtypes.push(schema.clone());
                    }
                }
            }
        }
        subtypes
    }

    fn component_schemas(&self) -> Vec<Node<'a>> {
        let pointer = Pointer::root().key("components").key("schemas");
        let schemas = pointer.get(self.root).and_then(Value::as_object);
        let nodes = schemas.into_iter().flatten().map(|(key, value)| Node {
            value,
            pointer: pointer.key(key),
        });
        nodes.collect()
    }

    /// The union of the subtypes of a base.
    pub(super) fn subtype_union(&mut self, node: &Node<'a>) -> Option<Union> {
        let subtypes = self.subtypes(node);
        let discriminator = node.member("discriminator")?;
        let mut fields = self.object(&discriminator, "union", Kind::Discriminator)?;
        let property = fields.take("propertyName");
        let tag = property.and_then(|property| Some(self.text(&property, "union")?.to_owned()));
        let mut mapped: Vec<(Pointer, String)> = Vec::new();
        if let Some(mapping) = fields.take("mapping") {
            self.map(&mapping, "union")?;
            for (value, target) in mapping.members() {
                let text = self.text(&target, "union")?;
                mapped.push((reference::mapping_target(text), value.to_owned()));
            }
        }
        self.close(&fields);
        let mut idents = Names::reserving(&[OTHER_VARIANT]);
        let mut branches = Vec::new();
        for subtype in subtypes {
            let key = subtype.pointer.last();
            let name = self.component_names.get(&subtype.pointer).cloned();
            let name = name.unwrap_or_else(|| pascal(&key));
            let type_ref = self.type_ref(&subtype, &name)?.not_null();
            let mut tags: Vec<_> = mapped
                .iter()
                .filter(|(target, _)| *target == subtype.pointer)
                .map(|(_, value)| value.clone())
                .collect();
            let tagged_by_name = tags.is_empty();
            if tagged_by_name {
                tags.push(key);
            }
            branches.push(Branch {
                ident: idents.take_type(&name),
                type_ref,
                tags,
                tagged_by_name,
            });
        }
        if tag.is_none() {
            self.remark(
                &rules::UNTYPED_DISCRIMINATOR,
                &discriminator.pointer,
                "the `discriminator` has no `propertyName`",
                "name the property that tells the branches apart",
            );
        }
        Some(Union {
            branches,
            open: tag.is_some(),
            tag,
        })
    }
}

/// Whether a schema has a `discriminator` for those that extend it.
pub(super) fn has_discriminator(schema: &Node<'_>) -> bool {
    let has = |key: &str| schema.value.get(key).is_some();
    has("discriminator") && !has("oneOf") && !has("anyOf")
}

/// Whether a schema names another one in its `allOf`.
fn extends(schema: &Node<'_>, base: &Pointer) -> bool {
    let members = schema.value.get("allOf").and_then(Value::as_array);
    members.into_iter().flatten().any(|member| {
        let target = reference::text(member).and_then(reference::target);
        target.as_ref() == Some(base)
    })
}

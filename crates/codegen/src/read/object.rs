//! Bodies of structs: the properties that their schemas, and those of `allOf`, describe.

use std::collections::HashSet;

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::Value;

use super::fields::Node;
use super::intersection::both;
use super::limits::ValueKind;
use super::schema::{ANNOTATIONS, Additional};
use super::union::is_null;
use super::{Form, Reader};
use crate::model::{Docs, Field, Scalar, Struct, Type, TypeRef};
use crate::names::{Names, pascal, snake};
use crate::rules;

/// A struct while its parts are being gathered.
#[derive(Default)]
struct Draft<'a> {
    properties: Vec<Property<'a>>,
    required: Vec<(String, Pointer)>,
    additional: Option<TypeRef>,
    /// The schemas that are gathered: what several of them share is read once.
    gathered: HashSet<Pointer>,
    /// The schemas that lead to the one that is being gathered.
    trail: Vec<Pointer>,
}

/// A property, and the schemas that describe it.
struct Property<'a> {
    wire: String,
    /// The name of its type, if it needs one.
    type_name: String,
    first: Node<'a>,
    /// What further parts of an `allOf` say of it.
    others: Vec<Node<'a>>,
}

impl<'a> Draft<'a> {
    /// Adds what a schema says of a property.
    fn describe(&mut self, wire: &str, node: Node<'a>, owner: &str) {
        let known = self.properties.iter_mut().find(|known| known.wire == wire);
        match known {
            Some(known) if known.first.pointer == node.pointer => {}
            Some(known) => known.others.push(node),
            None => self.properties.push(Property {
                wire: wire.to_owned(),
                type_name: format!("{owner}{}", pascal(wire)),
                first: node,
                others: Vec::new(),
            }),
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads the body of a struct: what its schema says, and those that are merged with it.
    pub(super) fn structure(
        &mut self,
        node: &Node<'a>,
        others: &[Node<'a>],
        name: &str,
    ) -> Option<Struct> {
        self.gather([node].into_iter().chain(others), name, false)
    }

    /// Reads the body of a form, whose bytes are files.
    pub(super) fn structure_with_files(&mut self, node: &Node<'a>, name: &str) -> Option<Struct> {
        self.gather([node].into_iter(), name, true)
    }

    fn gather<'n>(
        &mut self,
        parts: impl Iterator<Item = &'n Node<'a>>,
        name: &str,
        has_files: bool,
    ) -> Option<Struct>
    where
        'a: 'n,
    {
        let mut draft = Draft::default();
        for part in parts {
            self.part(part, name, &mut draft)?;
        }
        if !has_files && draft.additional.is_none() {
            draft.additional = self.shown_members(&draft);
        }
        let mut idents = Names::default();
        let mut fields = Vec::new();
        for property in draft.properties {
            let file = has_files.then(|| self.file_property(&property)).flatten();
            let Some((type_ref, docs)) = file.or_else(|| self.property(&property)) else {
                continue;
            };
            let wire = property.wire;
            fields.push(Field {
                ident: idents.take(&snake(&wire)),
                // What only one side sends is required of that side, and this is a type for both.
                required: docs.direction.is_none()
                    && draft.required.iter().any(|(name, _)| *name == wire),
                wire,
                keeps_null: false,
                docs,
                type_ref,
            });
        }
        for (wire, at) in draft.required {
            if fields.iter().any(|field| field.wire == wire) {
                continue;
            }
            self.remark(
                &rules::UNDECLARED_REQUIRED,
                &at,
                format!("`required` names `{wire}`, which is not a property"),
                "add the property, or take the name out",
            );
            fields.push(Field {
                ident: idents.take(&snake(&wire)),
                required: true,
                wire,
                keeps_null: false,
                docs: Docs::default(),
                type_ref: TypeRef::plain(Type::Any),
            });
        }
        Some(Struct {
            fields,
            additional: draft.additional,
            has_files,
        })
    }

    /// The type of members that only an example of one of the schemas has.
    fn shown_members(&mut self, draft: &Draft<'a>) -> Option<TypeRef> {
        let is_named = |name: &str| {
            let mut properties = draft.properties.iter().map(|property| &property.wire);
            let mut required = draft.required.iter().map(|(name, _)| name);
            properties.any(|known| known == name) || required.any(|known| known == name)
        };
        let shown = draft.gathered.iter().filter_map(|at| {
            let mut names = self.shown.get(at)?.names.iter();
            names
                .find(|name| !is_named(name))
                .map(|name| (at, name.clone()))
        });
        let (at, name) = shown.min()?;
        let at = at.clone();
        let shown = self.shown.get_mut(&at)?;
        // Several structs may be merged with the schema.
        if !std::mem::replace(&mut shown.is_remarked, true) {
            let example = &shown.example;
            let message =
                format!("the example at {example} has a member `{name}`, which is not a property");
            let help = "add the property, or take the member out of the example";
            self.remark(&rules::UNDECLARED_MEMBER, &at, message, help);
        }
        Some(TypeRef::plain(Type::Any))
    }

    /// Adds what one schema says of an object; `owner` names types that are inside it.
    fn part(&mut self, node: &Node<'a>, owner: &str, draft: &mut Draft<'a>) -> Option<()> {
        if !draft.gathered.insert(node.pointer.clone()) {
            return Some(());
        }
        draft.trail.push(node.pointer.clone());
        self.deeper(&node.pointer, (), |reader| match node.member("$ref") {
            Some(reference) => {
                let target = reader.target(node, &reference)?;
                if draft.trail.contains(&target.pointer) {
                    reader.remark(
                        &rules::IDLE_KEYWORD,
                        &reference.pointer,
                        "this `allOf` leads back to itself",
                        "take the schema out of its own `allOf`",
                    );
                    return Some(());
                }
                let name = reader.component_names.get(&target.pointer).cloned();
                reader.part(&target, name.as_deref().unwrap_or(owner), draft)
            }
            None => reader.object_part(node, owner, draft),
        })?;
        draft.trail.pop();
        Some(())
    }

    fn object_part(&mut self, node: &Node<'a>, owner: &str, draft: &mut Draft<'a>) -> Option<()> {
        let mut fields = self.object(node, "struct", Kind::Schema)?;
        if let Some(kind) = fields.take("type") {
            self.object_type_keyword(&kind)?;
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
                self.part(&member, owner, draft)?;
            }
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(branches) = fields.take(key) {
                self.branches_of_object(&branches, owner, draft)?;
            }
        }
        if let Some(properties) = fields.take("properties") {
            self.map(&properties, "fields")?;
            for (wire, property) in properties.members() {
                draft.describe(wire, property, owner);
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
            let mut merged = merged.unwrap_or_else(|| {
                let problem = "`allOf` gives unnamed members two types";
                let help = "make the two agree";
                self.remark(
                    &rules::CONFLICTING_TYPES,
                    &additional.pointer,
                    problem,
                    help,
                );
                TypeRef::plain(Type::Any)
            });
            self.consistent_merge(&mut merged, &additional.pointer);
            draft.additional = Some(merged);
        }
        self.close(&fields);
        Some(())
    }

    /// Reads `type` of a part of an object; a part of another type leaves no object to merge.
    fn object_type_keyword(&mut self, keyword: &Node<'a>) -> Option<()> {
        let is_object = |value: &Value| value == "object" || value == "null";
        let is_list_with_object = keyword
            .value
            .as_array()
            .is_some_and(|names| names.iter().any(|name| name == "object"));
        if is_list_with_object {
            self.ledger
                .documented(&keyword.pointer, keyword.value, "type");
        }
        if is_list_with_object || is_object(keyword.value) {
            self.ledger.generated(&keyword.pointer, "type");
            return Some(());
        }
        let message = "`allOf` can merge only objects, and this is none";
        self.depart(&rules::UNMERGED, &keyword.pointer, message);
        None
    }

    /// Adds branches that an object has beside its properties: a single one is another part of
    /// it; of several, members stay JSON; those that only name required members stay unchecked.
    fn branches_of_object(
        &mut self,
        branches: &Node<'a>,
        owner: &str,
        draft: &mut Draft<'a>,
    ) -> Option<()> {
        let keyword = branches.pointer.last();
        let all: Vec<_> = branches.items().filter(|branch| !is_null(branch)).collect();
        if let [only] = all.as_slice() {
            self.ledger.generated(&branches.pointer, "allOf");
            return self.part(only, owner, draft);
        }
        let only_constrains = |branch: &Node<'a>| {
            branch.members().all(|(key, _)| {
                ["required", "not", "type"].contains(&key) || ANNOTATIONS.contains(&key)
            })
        };
        if all.iter().all(only_constrains) {
            let message = format!("`{keyword}` beside `properties` cannot be enforced");
            self.uncheck(&branches.pointer, message);
        } else {
            let message = format!("`{keyword}` inside an object that is merged");
            self.depart(&rules::MERGED_UNION, &branches.pointer, message);
            draft.additional = Some(TypeRef::plain(Type::Any));
        }
        Some(())
    }

    /// The type of a property that is a file, and what its schemas tell readers.
    fn file_property(&mut self, property: &Property<'a>) -> Option<(TypeRef, Docs)> {
        let type_ref = self.file(&property.first)?;
        for node in [&property.first].into_iter().chain(&property.others) {
            self.ledger.documented(&node.pointer, node.value, "file");
        }
        Some((type_ref, self.docs(&property.first)))
    }

    /// The type of a property, and what its schemas tell readers.
    fn property(&mut self, property: &Property<'a>) -> Option<(TypeRef, Docs)> {
        let docs = self.docs(property.others.last().unwrap_or(&property.first));
        let merged = self.intersection(&property.first, &property.others, &property.type_name)?;
        let type_ref = merged.unwrap_or_else(|other| {
            let (wire, first) = (&property.wire, &property.first.pointer);
            self.remark(
                &rules::CONFLICTING_TYPES,
                &other,
                format!("`allOf` gives `{wire}` two types, the other at {first}"),
                "make the two agree",
            );
            TypeRef::plain(Type::Any)
        });
        Some((type_ref, docs))
    }

    /// The type of values that fit all these schemas; the error is the first schema that
    /// contradicts those before it.
    pub(super) fn intersection(
        &mut self,
        first: &Node<'a>,
        others: &[Node<'a>],
        name: &str,
    ) -> Option<Result<TypeRef, Pointer>> {
        if !others.is_empty()
            && [first]
                .into_iter()
                .chain(others)
                .all(|node| self.is_object(node))
        {
            let nullable = [first]
                .into_iter()
                .chain(others)
                .all(|node| self.allows_null(node));
            let form = Form::Merged(others.to_vec());
            return Some(Ok(self.declare(first, name, form, nullable)));
        }
        let mut merged = self.type_ref(first, name)?;
        for other in others {
            let narrowed = self.type_ref(other, name)?;
            let narrower = match (&merged.ty, &narrowed.ty) {
                // Listed strings are strings; both have no limits then.
                (Type::Scalar(Scalar::String), Type::Named(_)) if self.lists_values(other) => {
                    both(&merged.retyped(&narrowed), &narrowed)
                }
                (Type::Named(_), Type::Scalar(Scalar::String)) if self.lists_values(first) => {
                    both(&merged, &narrowed.retyped(&merged))
                }
                _ => both(&merged, &narrowed),
            };
            let Some(mut narrower) = narrower else {
                return Some(Err(other.pointer.clone()));
            };
            self.consistent_merge(&mut narrower, &other.pointer);
            merged = narrower;
        }
        Some(Ok(merged))
    }

    /// Whether a schema is one of listed strings.
    fn lists_values(&self, node: &Node<'a>) -> bool {
        let found = reference::resolve(self.root, node.value, &node.pointer);
        found.is_some_and(|(value, _)| {
            ["enum", "x-extensible-enum"]
                .iter()
                .any(|key| value.get(key).is_some())
        })
    }

    /// Whether a schema is one of objects with named properties.
    pub(super) fn is_object(&self, node: &Node<'a>) -> bool {
        let parts = self.parts(node, &["allOf"]);
        let mut values = parts.iter().map(|part| part.value);
        let named = values
            .find(|value| value.get("properties").is_some() || value.get("required").is_some());
        named.is_some_and(|value| value.get("type").is_none_or(|name| name == "object"))
    }

    fn required(&mut self, node: &Node<'a>, draft: &mut Draft<'a>) {
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
}

//! Forms with files: bodies in `multipart/form-data` that have bytes among their properties.

use std::collections::HashSet;

use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::Value;

use super::fields::Node;
use super::media::is_binary_schema;
use super::{Form, Job, Progress, Reader};
use crate::model::{Limits, Shape, Type, TypeDef, TypeRef};

/// The keywords that compose schemas.
pub(super) const COMPOSITION: &[&str] = &["allOf", "oneOf", "anyOf"];

impl<'a> Reader<'a> {
    /// Whether a form can be made of a media type: its schema describes an object, and files are
    /// properties of it.
    pub(super) fn is_form(&self, entry: &Node<'a>) -> bool {
        let Some(schema) = entry.member("schema") else {
            return false;
        };
        let has_files = self.has_files(&schema, COMPOSITION);
        self.may_be_object(entry)
            && !self.has_unnamed_files(&schema)
            && (!has_files || (self.is_object(&schema) && self.has_files(&schema, &["allOf"])))
    }

    /// Whether objects are among the values that the schema of a media type describes.
    pub(super) fn may_be_object(&self, entry: &Node<'a>) -> bool {
        let Some(schema) = entry.member("schema") else {
            return true;
        };
        let parts = self.parts(&schema, COMPOSITION);
        let mut types = parts.iter().filter_map(|part| part.value.get("type"));
        !types.any(|name| name != "object") && !is_binary_schema(schema.value)
    }

    /// Whether files are among the members that a schema does not name.
    fn has_unnamed_files(&self, schema: &Node<'a>) -> bool {
        self.parts(schema, COMPOSITION).iter().any(|part| {
            let others = part.member("additionalProperties");
            others.is_some_and(|others| self.file(&others).is_some())
        })
    }

    /// Whether a schema has files among its properties.
    fn has_files(&self, schema: &Node<'a>, keywords: &[&str]) -> bool {
        self.parts(schema, keywords).iter().any(|part| {
            let properties = part.member("properties");
            let mut all = properties.iter().flat_map(Node::members);
            all.any(|(_, property)| self.file(&property).is_some())
        })
    }

    /// The type of a property that is a file, or a list of files; `None` for other properties.
    pub(super) fn file(&self, property: &Node<'a>) -> Option<TypeRef> {
        let is_file = |node: &Node<'a>| {
            let parts = self.parts(node, COMPOSITION);
            parts.iter().any(|part| is_binary_schema(part.value))
        };
        let parts = self.parts(property, COMPOSITION);
        let list = parts.iter().find(|part| {
            let items = part.member("items");
            items.is_some_and(|items| is_file(&items))
        });
        Some(match list {
            Some(list) => {
                let count = |key: &str| list.value.get(key).and_then(Value::as_u64);
                let mut files = TypeRef::plain(Type::Array(Box::new(TypeRef::plain(Type::Upload))));
                files.limits = Limits {
                    min_items: count("minItems"),
                    max_items: count("maxItems"),
                    ..Limits::default()
                };
                files
            }
            None if is_file(property) => TypeRef::plain(Type::Upload),
            None => return None,
        })
    }

    /// The type of a form: a struct of its own if it has files, or else as in JSON.
    pub(super) fn form(&mut self, schema: Option<Node<'a>>, name: &str) -> Option<TypeRef> {
        let Some(schema) = schema else {
            return Some(TypeRef::plain(Type::Any));
        };
        if !self.has_files(&schema, &["allOf"]) {
            return self.type_ref(&schema, name);
        }
        let node = self.follow(&schema)?;
        if let Some(known) = self.forms.get(&node.pointer) {
            return Some(known.clone());
        }
        let component = self.component_names.get(&node.pointer);
        let form_name = component.map_or_else(|| name.to_owned(), |name| format!("{name}Form"));
        let type_ref = self.declare_form(&node, &form_name);
        Some(type_ref)
    }

    /// Declares the components that nothing but forms refers to, which are no JSON.
    pub(super) fn declare_forms(&mut self, schemas: &Node<'a>) {
        let (mut of_forms, mut others) = (HashSet::new(), HashSet::new());
        let mut open = vec![(Pointer::root(), self.root)];
        while let Some((pointer, value)) = open.pop() {
            match value {
                Value::Object(members) => {
                    if let Some(target) = members.get("$ref").and_then(Value::as_str)
                        && let Some(target) = reference::target(target)
                    {
                        let owner = pointer.parent();
                        let is_form = pointer.last() == "schema"
                            && owner.is_some_and(|owner| owner.last() == "multipart/form-data");
                        if is_form {
                            of_forms.insert(target);
                        } else {
                            others.insert(target);
                        }
                    }
                    open.extend(members.iter().map(|(key, value)| (pointer.key(key), value)));
                }
                Value::Array(items) => {
                    let items = items.iter().enumerate();
                    open.extend(items.map(|(index, value)| (pointer.index(index), value)));
                }
                _ => {}
            }
        }
        for (_, schema) in schemas.members() {
            let is_form = of_forms.contains(&schema.pointer) && !others.contains(&schema.pointer);
            if is_form
                && schema.member("$ref").is_none()
                && self.is_object(&schema)
                && self.has_files(&schema, &["allOf"])
            {
                let name = self.component_names.get(&schema.pointer).cloned();
                let type_ref = self.declare_form(&schema, &name.unwrap_or_default());
                let done = Progress::Done(Some(Box::new(type_ref)));
                self.progress.insert(schema.pointer.clone(), done);
            }
        }
    }

    fn declare_form(&mut self, node: &Node<'a>, name: &str) -> TypeRef {
        let name = match self.component_names.get(&node.pointer) {
            Some(own) if own == name => name.to_owned(),
            _ => self.type_names.take_type(name),
        };
        let id = self.types.len();
        let type_ref = TypeRef::plain(Type::Named(id));
        self.types.push(TypeDef {
            name: name.clone(),
            pointer: node.pointer.clone(),
            docs: self.docs(node),
            shape: Shape::Json(Vec::new()),
        });
        self.jobs.push_back(Job {
            id,
            node: node.clone(),
            name,
            form: Form::Files,
        });
        self.forms.insert(node.pointer.clone(), type_ref.clone());
        type_ref
    }
}

//! Types with names: declared where they are met, read when their turn comes.

use serde_json::Value;

use super::fields::Node;
use super::{Form, Job, Reader};
use crate::model::{Shape, Type, TypeDef, TypeRef};
use crate::names::is_type_name;

impl<'a> Reader<'a> {
    /// Gives the schema a Rust type of its own, whose body is read later.
    pub(super) fn declare(
        &mut self,
        node: &Node<'a>,
        name: &str,
        form: Form<'a>,
        nullable: bool,
    ) -> TypeRef {
        let name = match self.component_names.get(&node.pointer) {
            Some(name) => name.clone(),
            None => {
                let title = node.value.get("title").and_then(Value::as_str);
                let title =
                    title.filter(|title| is_type_name(title) && self.type_names.is_free(title));
                self.type_names.take_type(title.unwrap_or(name))
            }
        };
        if node.value.get("title").and_then(Value::as_str) == Some(&name) {
            self.ledger
                .generated(&node.pointer.key("title"), "name of the type");
        }
        let id = self.types.len();
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
            form,
        });
        let mut type_ref = TypeRef::plain(Type::Named(id));
        type_ref.nullable = nullable;
        type_ref
    }

    /// Reads the bodies of named types, and those that they bring along, until none is left.
    pub(super) fn work_off_jobs(&mut self) {
        while let Some(job) = self.jobs.pop_front() {
            let shape = match &job.form {
                Form::Union => self.union(&job.node, &job.name).map(Shape::Union),
                Form::Subtypes => self.subtype_union(&job.node).map(Shape::Union),
                Form::Enum => self.enumeration(&job.node).map(Shape::Enum),
                Form::Struct => self
                    .structure(&job.node, &[], &job.name)
                    .map(|body| Shape::Struct(Box::new(body))),
                Form::Merged(others) => self
                    .structure(&job.node, others, &job.name)
                    .map(|body| Shape::Struct(Box::new(body))),
                Form::Files => self
                    .structure_with_files(&job.node, &job.name)
                    .map(|body| Shape::Struct(Box::new(body))),
            };
            if let (Some(shape), Some(def)) = (shape, self.types.get_mut(job.id)) {
                def.shape = shape;
            }
        }
    }
}

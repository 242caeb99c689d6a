//! The optional parameters of an operation, as the fields of one struct.

use super::Reader;
use crate::model::{Docs, Field, Operation, Shape, Struct, TypeDef};
use crate::names::pascal;

impl Reader<'_> {
    /// Gives each operation with optional parameters a type for them. Run when the operations have
    /// their names.
    pub(super) fn gather_options(&mut self, operations: &mut [Operation]) {
        for operation in operations {
            let optional = operation.params.iter().filter(|param| !param.required);
            let fields: Vec<_> = optional
                .map(|param| Field {
                    wire: param.wire.clone(),
                    ident: param.ident.clone(),
                    required: false,
                    keeps_null: false,
                    docs: param.docs.clone(),
                    type_ref: param.type_ref.not_null(),
                })
                .collect();
            if fields.is_empty() {
                continue;
            }
            let name = format!("{}Options", pascal(&operation.ident));
            operation.options = Some(self.types.len());
            self.types.push(TypeDef {
                name: self.type_names.take_type(&name),
                pointer: operation.pointer.key("parameters"),
                docs: Docs {
                    description: Some(format!(
                        "The optional parameters of `Client::{}`.",
                        operation.ident
                    )),
                    ..Docs::default()
                },
                shape: Shape::Struct(Box::new(Struct {
                    fields,
                    additional: None,
                    has_files: false,
                })),
            });
        }
    }
}

//! Second methods: of operations that respond with a stream if they are asked for it.

use super::Reader;
use crate::model::{Operation, Scalar, Shape, Type, TypeRef};
use crate::names::Names;
use crate::reserved::CLIENT_METHODS;

impl Reader<'_> {
    /// Names the second methods. Run when the first ones have their names, and all types are read.
    pub(super) fn name_streamed(&mut self, operations: &mut [Operation]) {
        let mut names = Names::reserving(CLIENT_METHODS);
        for operation in operations.iter() {
            names.take(&operation.ident);
        }
        for operation in operations {
            let body = operation.body.as_ref();
            let by_member = body.is_some_and(|body| self.has_stream(&body.type_ref));
            if let Some(streamed) = &mut operation.streamed {
                streamed.ident = names.take(&format!("{}_stream", operation.ident));
                streamed.by_member = by_member;
            }
        }
    }

    /// Whether values have a member `stream` that is true or false.
    fn has_stream(&self, type_ref: &TypeRef) -> bool {
        self.leaves(type_ref).into_iter().any(|leaf| {
            let Type::Named(id) = leaf.ty else {
                return false;
            };
            let Some(Shape::Struct(body)) = self.types.get(id).map(|def| &def.shape) else {
                return false;
            };
            body.fields.iter().any(|field| {
                field.wire == "stream" && field.type_ref.ty == Type::Scalar(Scalar::Bool)
            })
        })
    }
}

//! Types without a finite value: those whose required properties lead back to themselves.

use bigmodel_rerank_openapi::Problem;

use crate::model::{Shape, Type, TypeDef, TypeId, TypeRef};

/// Each type without a finite value, and why it has none.
pub(super) fn uninhabited(types: &[TypeDef]) -> Vec<(TypeId, Problem)> {
    let mut inhabited = vec![false; types.len()];
    loop {
        let mut found_more = false;
        // Types come before those that they hold, so that one round decides most of them.
        for (id, def) in types.iter().enumerate().rev() {
            if !is(&inhabited, id) && has_finite_value(def, &inhabited) {
                found_more = true;
                if let Some(inhabited) = inhabited.get_mut(id) {
                    *inhabited = true;
                }
            }
        }
        if !found_more {
            break;
        }
    }
    let uninhabited = types.iter().zip(inhabited).enumerate();
    uninhabited
        .filter(|(_, (_, has))| !has)
        .map(|(id, (def, _))| {
            let problem = Problem::new(
                def.pointer.clone(),
                "required properties form an infinite cycle, so that no value is finite",
                "make one property of the cycle optional, nullable or a list",
            );
            (id, problem)
        })
        .collect()
}

/// Whether a type has a finite value, as far as the types that it holds are known to.
fn has_finite_value(def: &TypeDef, inhabited: &[bool]) -> bool {
    match &def.shape {
        Shape::Struct(body) => {
            let mut required = body.fields.iter().filter(|field| field.required);
            required.all(|field| is_finite(&field.type_ref, inhabited))
        }
        Shape::Union(body) => body
            .branches
            .iter()
            .any(|one| is_finite(&one.type_ref, inhabited)),
        Shape::Enum(_) | Shape::Outcome(_) | Shape::Json(_) => true,
    }
}

fn is_finite(type_ref: &TypeRef, inhabited: &[bool]) -> bool {
    match type_ref.ty {
        Type::Named(id) => type_ref.nullable || is(inhabited, id),
        Type::Scalar(_)
        | Type::Array(_)
        | Type::Map(_)
        | Type::Any
        | Type::Upload
        | Type::Stream(_) => true,
    }
}

fn is(inhabited: &[bool], id: usize) -> bool {
    inhabited.get(id).copied().unwrap_or(true)
}

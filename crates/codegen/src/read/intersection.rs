//! What is left of two descriptions of one value.

use bigmodel_rerank_openapi::IntegerType;

use crate::model::{Limits, Scalar, Type, TypeRef};

/// The narrower type, null only if both allow it, and the limits of both, which may contradict each
/// other. `None`: the two clash.
pub(super) fn both(first: &TypeRef, second: &TypeRef) -> Option<TypeRef> {
    let ty = match (&first.ty, &second.ty) {
        (Type::Any, other) | (other, Type::Any) => other.clone(),
        (Type::Scalar(a), Type::Scalar(b)) if a == b => first.ty.clone(),
        // Every integer is a number, and one without a format may have that of the other.
        (Type::Scalar(Scalar::Number(_)), int @ Type::Scalar(Scalar::Int(_)))
        | (int @ Type::Scalar(Scalar::Int(_)), Type::Scalar(Scalar::Number(_)))
        | (Type::Scalar(Scalar::Int(IntegerType::I64)), int @ Type::Scalar(Scalar::Int(_)))
        | (int @ Type::Scalar(Scalar::Int(_)), Type::Scalar(Scalar::Int(IntegerType::I64))) => {
            int.clone()
        }
        (Type::Named(a), Type::Named(b)) if a == b => first.ty.clone(),
        (Type::Array(a), Type::Array(b)) => Type::Array(Box::new(both(a, b)?)),
        (Type::Map(a), Type::Map(b)) => Type::Map(Box::new(both(a, b)?)),
        _ => return None,
    };
    let limits = first.limits.merged(&second.limits)?;
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

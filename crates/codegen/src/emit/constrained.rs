//! Which types have a limit somewhere inside, and so have anything to check.

use super::fixed_point::fixed_point;
use crate::model::{Limits, Shape, Type, TypeDef, TypeId, TypeRef};

/// The types that carry limits.
#[derive(PartialEq)]
pub(super) struct Constrained(Vec<bool>);

impl Constrained {
    pub(super) fn new(types: &[TypeDef]) -> Self {
        fixed_point(Self(vec![false; types.len()]), |constrained| {
            Self(
                types
                    .iter()
                    .map(|def| constrained.shape(&def.shape))
                    .collect(),
            )
        })
    }

    fn shape(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Struct(body) => {
                body.fields
                    .iter()
                    .any(|field| self.contains(&field.type_ref))
                    || body
                        .additional
                        .as_ref()
                        .is_some_and(|type_ref| self.contains(type_ref))
            }
            Shape::Union(body) => body
                .branches
                .iter()
                .any(|branch| self.contains(&branch.type_ref)),
            Shape::Enum(_) | Shape::Outcome(_) | Shape::Json(_) => false,
        }
    }

    /// Whether a value has a limit of its own, or one somewhere inside.
    pub(super) fn contains(&self, type_ref: &TypeRef) -> bool {
        type_ref.limits != Limits::default()
            || match &type_ref.ty {
                Type::Array(inner) | Type::Map(inner) => self.contains(inner),
                Type::Named(id) => self.named(*id),
                Type::Scalar(_) | Type::Any | Type::Upload | Type::Stream(_) => false,
            }
    }

    fn named(&self, id: TypeId) -> bool {
        self.0.get(id).copied().unwrap_or(false)
    }
}

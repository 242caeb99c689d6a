//! Which types can be compared and hashed exactly: those without floating-point numbers inside.

use super::fixed_point::fixed_point;
use crate::model::{Scalar, Shape, Type, TypeDef, TypeRef};

/// The types that implement `Eq` and `Hash`.
#[derive(PartialEq)]
pub(super) struct Hashable(Vec<bool>);

impl Hashable {
    pub(super) fn new(types: &[TypeDef]) -> Self {
        fixed_point(Self(vec![true; types.len()]), |hashable| {
            Self(types.iter().map(|def| hashable.shape(&def.shape)).collect())
        })
    }

    fn shape(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Struct(body) => {
                let mut fields = body.fields.iter().map(|field| &field.type_ref);
                fields.all(|type_ref| self.contains(type_ref))
                    && body
                        .additional
                        .iter()
                        .all(|type_ref| self.contains(type_ref))
            }
            Shape::Union(body) => body
                .branches
                .iter()
                .all(|branch| self.contains(&branch.type_ref)),
            Shape::Outcome(outcomes) => {
                let mut outcomes = outcomes.iter().filter_map(|one| one.type_ref.as_ref());
                outcomes.all(|type_ref| self.contains(type_ref))
            }
            Shape::Enum(_) | Shape::Json(_) => true,
        }
    }

    /// Whether values can be compared and hashed exactly.
    pub(super) fn contains(&self, type_ref: &TypeRef) -> bool {
        match &type_ref.ty {
            Type::Scalar(scalar) => !matches!(scalar, Scalar::Number(_)),
            // serde_json's numbers are never NaN.
            Type::Any => true,
            Type::Array(inner) | Type::Map(inner) => self.contains(inner),
            Type::Named(id) => self.has(*id),
            Type::Upload | Type::Stream(_) => false,
        }
    }

    /// Whether a type implements `Eq` and `Hash`.
    pub(super) fn has(&self, id: usize) -> bool {
        self.0.get(id).copied().unwrap_or(false)
    }
}

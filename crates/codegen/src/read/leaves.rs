//! The types that values of unions have in the end.

use std::collections::HashSet;

use super::Reader;
use crate::model::{Shape, Type, TypeRef, Union};

impl Reader<'_> {
    /// The types that are no unions, behind unions within unions; each union is looked at once.
    pub(super) fn leaves<'t>(&'t self, type_ref: &'t TypeRef) -> Vec<&'t TypeRef> {
        let mut open = vec![type_ref];
        let mut seen = HashSet::new();
        let mut leaves = Vec::new();
        while let Some(type_ref) = open.pop() {
            let Type::Named(id) = type_ref.ty else {
                leaves.push(type_ref);
                continue;
            };
            match self.types.get(id).map(|def| &def.shape) {
                Some(Shape::Union(Union { branches, .. }) | Shape::Json(branches)) => {
                    if seen.insert(id) {
                        open.extend(branches.iter().rev().map(|branch| &branch.type_ref));
                    }
                }
                _ => leaves.push(type_ref),
            }
        }
        leaves
    }
}

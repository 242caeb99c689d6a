//! The types that others consist of.

use crate::model::{TypeDef, TypeId, TypeRef};

/// Whether each type is one of `roots`, or inside of one.
pub(crate) fn reachable(types: &[TypeDef], roots: impl Iterator<Item = TypeId>) -> Vec<bool> {
    let mut reached = vec![false; types.len()];
    let mut open: Vec<TypeId> = roots.collect();
    while let Some(id) = open.pop() {
        let (Some(seen), Some(def)) = (reached.get_mut(id), types.get(id)) else {
            continue;
        };
        if !std::mem::replace(seen, true) {
            open.extend(def.shape.type_refs().filter_map(TypeRef::named));
        }
    }
    reached
}

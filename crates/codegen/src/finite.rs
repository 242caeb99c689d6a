//! Which types have values at all: one whose required members lead back to itself has none that
//! ends.

use crate::model::{Shape, Type, TypeDef, Use};
use bigmodel_rerank_openapi::Problem;

/// A finding for each type without a finite value.
pub(crate) fn endless(types: &[TypeDef]) -> Vec<Problem> {
    let mut finite = vec![false; types.len()];
    loop {
        let mut found_more = false;
        // Types come before those that they hold, so that most are settled in one round.
        for (id, def) in types.iter().enumerate().rev() {
            if !is(&finite, id) && has_finite_value(def, &finite) {
                found_more = true;
                if let Some(finite) = finite.get_mut(id) {
                    *finite = true;
                }
            }
        }
        if !found_more {
            break;
        }
    }
    let endless = types.iter().zip(finite).filter(|(_, finite)| !finite);
    endless
        .map(|(def, _)| {
            Problem::new(
                def.pointer.clone(),
                "the required members of this schema lead on without end, so that it describes no \
                 finite value",
                "make a member of the circle optional, nullable or a list",
            )
        })
        .collect()
}

/// Whether it has, as far as is known of those that it holds.
fn has_finite_value(def: &TypeDef, finite: &[bool]) -> bool {
    match &def.shape {
        Shape::Struct(body) => {
            let mut required = body.fields.iter().filter(|field| field.required);
            required.all(|field| ends(&field.usage, finite))
        }
        Shape::Union(body) => body.branches.iter().any(|one| ends(&one.usage, finite)),
        Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => true,
    }
}

fn ends(usage: &Use, finite: &[bool]) -> bool {
    match usage.ty {
        Type::Named(id) => usage.nullable || is(finite, id),
        Type::Scalar(_) | Type::Array(_) | Type::Map(_) | Type::Any => true,
    }
}

fn is(finite: &[bool], id: usize) -> bool {
    finite.get(id).copied().unwrap_or(true)
}

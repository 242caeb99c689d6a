//! Checks that need all types: unions that can be told apart, types with finite values, and a
//! second reader of OpenAPI. What fails a check becomes JSON.

mod inhabited;
mod openapi;
mod unions;

use bigmodel_rerank_openapi::{Pointer, Problem};
use serde_json::Value;

use self::inhabited::uninhabited;
use crate::dialect::Dialect;
use crate::model::{Api, Shape};
use crate::rules::{self, Remark};

/// Checks the contract `root`, which was read as `api`, and loosens the types that fail.
pub(crate) fn check(root: &Value, api: &mut Api) -> Vec<Remark> {
    let mut remarks = unions::tell_apart(root, api);
    for (id, problem) in uninhabited(&api.types) {
        if let Some(def) = api.types.get_mut(id) {
            def.shape = Shape::Json(Vec::new());
        }
        remarks.push(Remark::new(&rules::INFINITE_TYPE, problem));
    }
    remarks
}

/// What the second reader rejects.
pub(crate) fn rejection(root: &Value) -> Option<Problem> {
    // It knows no newer version.
    if Dialect::of_document(root) == Some(Dialect::V3_1) {
        return None;
    }
    openapi::rejection(root)
}

/// The rejection of the second reader, unless one of these nodes explains it.
pub(crate) fn dispute<'a>(
    rejection: Option<Problem>,
    mut known: impl Iterator<Item = &'a Pointer>,
) -> Option<Remark> {
    let problem = rejection?;
    let at = &problem.pointer;
    let is_known = known.any(|node| node.below(at).is_some() || at.below(node).is_some());
    (!is_known).then(|| Remark::new(&rules::DISPUTED, problem))
}

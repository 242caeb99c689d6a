//! Checks that need all types: unions that can be told apart, types with finite values, and a
//! second reader of OpenAPI.

mod inhabited;
mod openapi;
mod unions;

use bigmodel_rerank_openapi::Problem;
use serde_json::Value;

use self::inhabited::uninhabited;
use crate::model::{Api, Shape};

/// Checks the contract `root`, which was read as `api`.
pub(crate) fn check(root: &Value, api: &Api) -> Result<(), Vec<Problem>> {
    let mut problems: Vec<_> = api
        .types
        .iter()
        .filter_map(|def| match &def.shape {
            Shape::Union(body) => unions::ambiguity(root, api, def, body),
            _ => None,
        })
        .collect();
    problems.extend(uninhabited(&api.types));
    if problems.is_empty() {
        problems.extend(openapi::rejection(root));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

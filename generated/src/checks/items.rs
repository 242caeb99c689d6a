// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Sizes of lists.

use std::ops::RangeBounds;

use super::size::size;
use crate::validation::{At, Limit, Violations};

/// Reports a list with fewer or more items than allowed.
pub(crate) fn items(
    found: usize,
    allowed: impl RangeBounds<usize>,
    at: At<'_>,
    broken: &mut Violations,
) {
    let limits = (Limit::MinItems as fn(usize) -> Limit, Limit::MaxItems as _);
    size(found, allowed, "item", limits, at, broken);
}

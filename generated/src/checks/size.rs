// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Sizes of anything that is counted.

use std::ops::{Bound, RangeBounds};

use super::counted::counted;
use crate::validation::{At, Limit, Violations};

/// From a size to the limit that it is.
type ToLimit = fn(usize) -> Limit;

/// Reports a size outside `allowed`, by its smallest or largest size.
pub(super) fn size(
    found: usize,
    allowed: impl RangeBounds<usize>,
    noun: &str,
    (smallest, largest): (ToLimit, ToLimit),
    at: At<'_>,
    broken: &mut Violations,
) {
    let limit = match (allowed.start_bound(), allowed.end_bound()) {
        (Bound::Included(limit), _) if found < *limit => smallest(*limit),
        (_, Bound::Included(limit)) if found > *limit => largest(*limit),
        _ => return,
    };
    broken.push(at, counted(found, noun), limit);
}

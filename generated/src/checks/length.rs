// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Lengths of texts.

use std::ops::{Bound, RangeBounds};

use super::size::size;
use crate::validation::{At, Limit, Violations};

/// Reports a text with fewer or more characters than allowed.
pub(crate) fn length(
    text: &str,
    allowed: impl RangeBounds<usize>,
    at: At<'_>,
    broken: &mut Violations,
) {
    // A text never has more characters than bytes: most need no counting.
    match (allowed.start_bound(), allowed.end_bound()) {
        (Bound::Unbounded, Bound::Included(limit)) if text.len() <= *limit => return,
        _ => {}
    }
    let limits = (
        Limit::MinLength as fn(usize) -> Limit,
        Limit::MaxLength as _,
    );
    size(
        text.chars().count(),
        allowed,
        "character",
        limits,
        at,
        broken,
    );
}

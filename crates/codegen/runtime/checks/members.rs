//! Sizes of maps.

use std::ops::RangeBounds;

use super::size::size;
use crate::validation::{At, Limit, Violations};

/// Reports a map with fewer or more members than allowed.
pub(crate) fn members(
    found: usize,
    allowed: impl RangeBounds<usize>,
    at: At<'_>,
    broken: &mut Violations,
) {
    let limits = (
        Limit::MinProperties as fn(usize) -> Limit,
        Limit::MaxProperties as _,
    );
    size(found, allowed, "member", limits, at, broken);
}

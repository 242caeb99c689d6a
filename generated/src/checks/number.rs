// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Ranges of numbers.

use std::fmt;
use std::ops::{Bound, RangeBounds};

use crate::validation::{At, Limit, Violations};

/// Reports a number outside `allowed`.
pub(crate) fn number<T>(value: T, allowed: impl RangeBounds<T>, at: At<'_>, broken: &mut Violations)
where
    T: PartialOrd + fmt::Display,
{
    let below = match allowed.start_bound() {
        Bound::Included(limit) if value < *limit => Some(Limit::Minimum(limit.to_string())),
        Bound::Excluded(limit) if value <= *limit => {
            Some(Limit::ExclusiveMinimum(limit.to_string()))
        }
        _ => None,
    };
    let above = match allowed.end_bound() {
        Bound::Included(limit) if value > *limit => Some(Limit::Maximum(limit.to_string())),
        Bound::Excluded(limit) if value >= *limit => {
            Some(Limit::ExclusiveMaximum(limit.to_string()))
        }
        _ => None,
    };
    if let Some(limit) = below.or(above) {
        broken.push(at, value, limit);
    }
}

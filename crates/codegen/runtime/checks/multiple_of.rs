//! Multiples.

use crate::validation::{At, Limit, Violations};

/// Reports a number that is not a multiple of `divisor`.
pub(crate) fn multiple_of(value: i128, divisor: i64, at: At<'_>, broken: &mut Violations) {
    if value % i128::from(divisor) != 0 {
        broken.push(at, value, Limit::MultipleOf(divisor));
    }
}

//! Listed values.

use std::fmt;

use crate::validation::{At, Limit, Violations};

/// Reports a value that is not one of `values`, which `allowed` lists for readers.
pub(crate) fn one_of<T>(
    value: T,
    values: &[T],
    allowed: &'static str,
    at: At<'_>,
    broken: &mut Violations,
) where
    T: PartialEq + fmt::Display,
{
    if !values.contains(&value) {
        broken.push(at, value, Limit::OneOf(allowed));
    }
}

//! Regular expressions.

use super::counted::counted;
use crate::validation::{At, Limit, Violations};

/// Reports a text that does not match `pattern`.
pub(crate) fn pattern(
    text: &str,
    pattern: &'static str,
    compiled: Option<&regress::Regex>,
    at: At<'_>,
    broken: &mut Violations,
) {
    if compiled.is_none_or(|regex| regex.find(text).is_none()) {
        let found = counted(text.chars().count(), "character");
        broken.push(at, found, Limit::Pattern(pattern));
    }
}

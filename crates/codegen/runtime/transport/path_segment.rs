//! Parameters in the path of a URL.

use crate::validation::{At, Limit, Violations};

/// Reports a text that would make the URL name another resource.
pub(crate) fn path_segment(text: &str, at: At<'_>, broken: &mut Violations) {
    // URLs drop tabs and line ends silently, so that `.\t.` would become `..`.
    if matches!(text, "" | "." | "..") || text.contains(char::is_control) {
        broken.push(at, format_args!("{text:?}"), Limit::PathSegment);
    }
}

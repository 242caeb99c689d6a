//! Parameters in headers.

use reqwest::header::HeaderValue;

use crate::validation::{At, Limit, Violations};

/// Returns a text as the value of a header; reports one that no header can carry.
pub(crate) fn header_value(text: String, at: At<'_>, broken: &mut Violations) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or_else(|_| {
        broken.push(at, "this text", Limit::HeaderValue);
        HeaderValue::from_static("")
    })
}

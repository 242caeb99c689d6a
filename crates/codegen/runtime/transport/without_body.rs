//! Responses without a body.

use crate::response::{RawResponse, Response};

/// A response that has no body to decode.
pub(crate) fn without_body(raw: RawResponse) -> Response<()> {
    let (status, headers, _) = raw.into_parts();
    Response::new(status, headers, ())
}

//! Responses that are read as they come.

use crate::response::Response;

/// A response whose body `open` makes a stream of.
pub(crate) fn stream<T>(
    response: reqwest::Response,
    open: impl FnOnce(reqwest::Response) -> T,
) -> Response<T> {
    let (status, headers) = (response.status(), response.headers().clone());
    Response::new(status, headers, open(response))
}

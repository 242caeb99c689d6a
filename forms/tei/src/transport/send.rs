// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Sending a request, and reading the whole response.

use crate::error::Error;
use crate::response::RawResponse;

/// The most that is read of a response, in bytes; a longer one is cut there.
const LONGEST_RESPONSE: usize = 64 << 20;

/// Sends the request and reads the whole response.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> Result<RawResponse, reqwest::Error> {
    let mut response = request.send().await?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        let room = LONGEST_RESPONSE - body.len();
        body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if body.len() == LONGEST_RESPONSE {
            break;
        }
    }
    Ok(RawResponse::new(status, headers, body))
}

/// The error for a response with a status for which the contract documents no body.
pub(crate) fn undocumented<E>(raw: RawResponse) -> Error<E> {
    Error::Unexpected {
        response: Box::new(raw),
        reason: None,
    }
}

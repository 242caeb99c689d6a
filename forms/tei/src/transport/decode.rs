// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Response bodies.

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::response::{RawResponse, Response};

/// Reads the body of a response.
pub(crate) fn decode<T: DeserializeOwned, E>(raw: RawResponse) -> Result<Response<T>, Error<E>> {
    match from_json(raw.body()) {
        Ok(value) => {
            let (status, headers, _) = raw.into_parts();
            Ok(Response::new(status, headers, value))
        }
        Err(reason) => Err(Error::Unexpected {
            response: Box::new(raw),
            reason: Some(reason),
        }),
    }
}

/// Reads a body. A text that is known to be UTF-8 is read with less work than bytes, of which
/// each string has to be checked.
fn from_json<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        // Only strings that are kept have to be text.
        Err(_) => serde_json::from_slice(body),
    }
}

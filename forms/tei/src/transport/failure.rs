// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Documented errors.

use serde::de::DeserializeOwned;

use super::decode::decode;
use crate::error::Error;
use crate::response::RawResponse;

/// Reads the documented error in a response.
pub(crate) fn failure<E: DeserializeOwned>(raw: RawResponse) -> Error<E> {
    match decode(raw) {
        Ok(response) => Error::Api(Box::new(response)),
        Err(error) => error,
    }
}

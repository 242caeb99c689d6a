// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Request bodies.

use serde::Serialize;

use crate::error::Error;

/// Writes a body as JSON.
pub(crate) fn encode<E>(body: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, Error<E>> {
    crate::json::to_vec(body).map_err(Error::Encode)
}

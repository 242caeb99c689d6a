//! Documented errors, where an operation has several.

use serde::de::DeserializeOwned;

use super::decode::decode;
use crate::error::Error;
use crate::response::RawResponse;

/// Reads the documented error in a response, as one of those that the operation may return.
pub(crate) fn failure_as<T: DeserializeOwned, E>(
    raw: RawResponse,
    variant: impl FnOnce(T) -> E,
) -> Error<E> {
    match decode::<T, E>(raw) {
        Ok(response) => Error::Api(Box::new(response.map(variant))),
        Err(error) => error,
    }
}

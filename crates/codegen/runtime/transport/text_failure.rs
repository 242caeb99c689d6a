//! Documented errors that are text.

use super::decode_text::decode_text;
use crate::error::Error;
use crate::response::RawResponse;

/// Reads the documented error in a response, as one of those that the operation may return.
pub(crate) fn text_failure<E>(raw: RawResponse, variant: impl FnOnce(String) -> E) -> Error<E> {
    match decode_text::<E>(raw) {
        Ok(response) => Error::Api(Box::new(response.map(variant))),
        Err(error) => error,
    }
}

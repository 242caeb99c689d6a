//! Response bodies that are text.

use crate::error::Error;
use crate::response::{RawResponse, Response};

/// Reads the text in a response.
pub(crate) fn decode_text<E>(raw: RawResponse) -> Result<Response<String>, Error<E>> {
    match std::str::from_utf8(raw.body()) {
        Ok(text) => {
            let text = text.to_owned();
            let (status, headers, _) = raw.into_parts();
            Ok(Response::new(status, headers, text))
        }
        Err(error) => Err(Error::Unexpected {
            response: Box::new(raw),
            reason: Some(serde::de::Error::custom(error)),
        }),
    }
}

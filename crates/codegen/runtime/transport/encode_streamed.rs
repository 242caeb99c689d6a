//! Request bodies that ask for a stream.

use serde::Serialize;
use serde_json::Value;

use crate::error::Error;

/// Writes a body as JSON, with `true` as its member `stream`.
pub(crate) fn encode_streamed<E>(body: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, Error<E>> {
    let text = crate::json::to_vec(body).map_err(Error::Encode)?;
    let value: Value = serde_json::from_slice(&text).map_err(Error::Encode)?;
    let Value::Object(mut members) = value else {
        return Ok(text);
    };
    members.insert("stream".to_owned(), Value::Bool(true));
    crate::json::to_vec(&members).map_err(Error::Encode)
}

//! Parameters that are sent as JSON.

use serde::Serialize;

use crate::error::Error;

/// Returns a value as JSON in one text.
pub(crate) fn json_parameter<E>(value: &(impl Serialize + ?Sized)) -> Result<String, Error<E>> {
    serde_json::to_string(value).map_err(Error::Encode)
}

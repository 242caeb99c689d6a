//! Parameters that are sent as JSON.

use serde::Serialize;

use super::parameter::Parameter;
use crate::error::Error;

/// Returns a value as JSON in one text.
pub(crate) fn json_parameter<E>(value: &(impl Serialize + ?Sized)) -> Result<Parameter, Error<E>> {
    let json = serde_json::to_string(value).map_err(Error::Encode)?;
    Ok(Parameter::Text(json))
}

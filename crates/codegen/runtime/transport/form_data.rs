//! Bodies in `multipart/form-data` without files.

use serde::Serialize;
use serde_json::Value;

use super::multipart::Multipart;
use crate::error::Error;

/// Makes a form of an object, with the media types that the contract gives to its properties.
pub(crate) fn form_data<E>(
    body: &(impl Serialize + ?Sized),
    media_types: &[(&str, &str)],
) -> Result<Multipart, Error<E>> {
    let Value::Object(members) = serde_json::to_value(body).map_err(Error::Encode)? else {
        let message = "the body of a form has to be an object";
        return Err(Error::Encode(serde::ser::Error::custom(message)));
    };
    let mut form = Multipart::new();
    for (name, value) in members {
        let media_type = media_types.iter().find(|(typed, _)| *typed == name);
        form.field(&name, &value, media_type.map_or("", |(_, media_type)| *media_type))?;
    }
    Ok(form)
}

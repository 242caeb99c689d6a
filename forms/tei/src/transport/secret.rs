// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Credentials in headers.

use reqwest::header::HeaderValue;

use crate::error::SetupError;

/// Returns `prefix` and a credential as a header value that neither logs nor Debug output show.
pub(crate) fn secret(prefix: &str, credential: &str) -> Result<HeaderValue, SetupError> {
    if credential.is_empty() || credential.trim() != credential {
        return Err(SetupError::Credential);
    }
    let mut value = HeaderValue::try_from(format!("{prefix}{credential}"))
        .map_err(|_| SetupError::Credential)?;
    value.set_sensitive(true);
    Ok(value)
}

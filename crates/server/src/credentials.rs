//! Checks the credential of a request: a key or a JWT, with or without the scheme `Bearer`.

use axum::http::{HeaderMap, header};

use crate::failure::Failure;
use crate::{Keys, clock};

/// Rejects a request without a valid credential. The service documents both forms of the header.
pub(crate) fn check(headers: &HeaderMap, keys: &Keys) -> Result<(), Failure> {
    if keys.is_empty() {
        return Ok(());
    }
    let given = headers
        .get(header::AUTHORIZATION)
        .ok_or_else(Failure::no_key)?;
    let given = given.as_bytes().trim_ascii();
    // A key may begin with the letters of the scheme, so white space must follow the scheme.
    const SCHEME: &[u8] = b"bearer";
    let credential = match given.split_at_checked(SCHEME.len()) {
        Some((scheme, credential))
            if scheme.eq_ignore_ascii_case(SCHEME)
                && credential.first().is_none_or(u8::is_ascii_whitespace) =>
        {
            credential.trim_ascii_start()
        }
        _ => given,
    };
    if credential.is_empty() {
        return Err(Failure::no_key());
    }
    keys.check(credential, clock::milliseconds())
}

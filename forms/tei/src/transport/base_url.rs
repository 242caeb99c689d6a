// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The URL of a service.

use reqwest::Url;

use crate::error::SetupError;

/// Parses a base URL. An error does not repeat what may hold a credential.
pub(crate) fn base_url(text: &str) -> Result<Url, SetupError> {
    let refuse = |text: &str, reason: String| SetupError::BaseUrl {
        text: text.to_owned(),
        reason,
    };
    // What does not look like a URL may be a key by mistake; `@` ends a password.
    let looks_plain = text.contains("://") && !text.contains(['@', '?']);
    let shown = if looks_plain { text } else { "…" };
    let url = Url::parse(text).map_err(|error| refuse(shown, error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        let reason = format!("its scheme is {}", url.scheme());
        return Err(refuse(shown, reason));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let reason = "it has a user or a password; set credentials on the client";
        return Err(refuse("…", reason.to_owned()));
    }
    if url.fragment().is_some() {
        let reason = "it has a fragment, which is never sent";
        return Err(refuse(shown, reason.to_owned()));
    }
    Ok(url)
}

//! Between the operations and reqwest: URLs, TLS, sending and decoding.

use std::sync::Arc;

use reqwest::Url;
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::error::{Error, SetupError};
use crate::response::RawResponse;

/// A base URL, or why the text is none. What may hold a credential is not repeated.
pub(crate) fn base_url(text: &str) -> Result<Url, SetupError> {
    let refuse = |text: &str, reason: String| SetupError::BaseUrl {
        text: text.to_owned(),
        reason,
    };
    // What does not look like a URL may be a key in the wrong place; `@` ends a password.
    let looks_plain = text.contains("://") && !text.contains(['@', '?']);
    let shown = if looks_plain { text } else { "…" };
    let url = Url::parse(text).map_err(|error| refuse(shown, error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        let reason = format!("its scheme is {}", url.scheme());
        return Err(refuse(shown, reason));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let reason = "it holds a user or a password, which belong to the credentials";
        return Err(refuse("…", reason.to_owned()));
    }
    if url.fragment().is_some() {
        let reason = "it has a fragment, which is never sent";
        return Err(refuse(shown, reason.to_owned()));
    }
    Ok(url)
}

/// What builds an HTTP client with TLS over the system's certificates, and without time
/// limits: those are the caller's to set. Redirects are answers like any other, so that
/// neither credentials nor texts go where the contract does not say.
pub(crate) fn http_builder(base_url: &Url) -> Result<reqwest::ClientBuilder, SetupError> {
    let tls = |error: rustls::Error| SetupError::Tls(error.into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(tls)?;
    // A plain HTTP endpoint must work on a machine that has no certificates at all.
    let config = if base_url.scheme() == "https" {
        config.with_platform_verifier().map_err(tls)?
    } else {
        config.with_root_certificates(rustls::RootCertStore::empty())
    };
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(config.with_no_client_auth())
        .redirect(reqwest::redirect::Policy::none());
    // A proxy for the world outside cannot reach an endpoint on this machine.
    Ok(if is_loopback(base_url) {
        builder.no_proxy()
    } else {
        builder
    })
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// The base URL and the path's segments, with exactly one slash between any two.
pub(crate) fn url(base_url: &Url, segments: &[&str]) -> Url {
    let mut url = base_url.clone();
    // An http URL always has a path to extend.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

/// Refuses what would make the URL name another resource.
pub(crate) fn path_segment(
    text: &str,
    at: crate::validation::At<'_>,
    broken: &mut crate::validation::Violations,
) {
    // URLs drop tabs and line ends without a word, so that `.\t.` would become `..`.
    if matches!(text, "" | "." | "..") || text.contains(char::is_control) {
        broken.push(
            at,
            format_args!("{text:?}"),
            crate::validation::Limit::PathSegment,
        );
    }
}

/// A header value, or a violation.
pub(crate) fn header_value(
    text: String,
    at: crate::validation::At<'_>,
    broken: &mut crate::validation::Violations,
) -> reqwest::header::HeaderValue {
    reqwest::header::HeaderValue::try_from(text).unwrap_or_else(|_| {
        broken.push(at, "this text", crate::validation::Limit::HeaderValue);
        reqwest::header::HeaderValue::from_static("")
    })
}

/// `prefix` and a credential as a header value that logs and Debug output never show.
pub(crate) fn secret(
    prefix: &str,
    credential: &str,
) -> Result<reqwest::header::HeaderValue, SetupError> {
    if credential.is_empty() || credential.trim() != credential {
        return Err(SetupError::Credential);
    }
    let mut value = reqwest::header::HeaderValue::try_from(format!("{prefix}{credential}"))
        .map_err(|_| SetupError::Credential)?;
    value.set_sensitive(true);
    Ok(value)
}

pub(crate) fn encode<E>(body: &(impl serde::Serialize + ?Sized)) -> Result<Vec<u8>, Error<E>> {
    crate::json::to_vec(body).map_err(Error::Encode)
}

/// The most that is read of an answer, in bytes; one that is longer is cut there.
const LONGEST_ANSWER: usize = 64 << 20;

/// Sends the request and reads the whole answer.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> Result<RawResponse, reqwest::Error> {
    let mut response = request.send().await?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        let room = LONGEST_ANSWER - body.len();
        body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if body.len() == LONGEST_ANSWER {
            break;
        }
    }
    Ok(RawResponse::new(status, headers, body))
}

pub(crate) fn decode<T: serde::de::DeserializeOwned, E>(
    raw: RawResponse,
) -> Result<crate::response::Response<T>, Error<E>> {
    match from_json(raw.body()) {
        Ok(value) => {
            let (status, headers, _) = raw.into_parts();
            Ok(crate::response::Response::new(status, headers, value))
        }
        Err(reason) => Err(Error::Unexpected {
            response: Box::new(raw),
            reason: Some(reason),
        }),
    }
}

/// Reads a body. A whole that is known to be UTF-8 is read with less work than bytes, of which
/// each string is looked through once more.
fn from_json<T: serde::de::DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        // Only strings that are kept have to be text.
        Err(_) => serde_json::from_slice(body),
    }
}

/// The documented error in `raw`.
pub(crate) fn failure<E: serde::de::DeserializeOwned>(raw: RawResponse) -> Error<E> {
    match decode(raw) {
        Ok(response) => Error::Api(Box::new(response)),
        Err(error) => error,
    }
}

/// An answer with a status for which the contract documents no body.
pub(crate) fn undocumented<E>(raw: RawResponse) -> Error<E> {
    Error::Unexpected {
        response: Box::new(raw),
        reason: None,
    }
}

/// An answer that has no body to decode.
pub(crate) fn without_body(raw: RawResponse) -> crate::response::Response<()> {
    let (status, headers, _) = raw.into_parts();
    crate::response::Response::new(status, headers, ())
}

/// Puts a decoded answer into the enum of what the operation may answer.
pub(crate) fn rewrap<T, U>(
    response: crate::response::Response<T>,
    wrap: impl FnOnce(T) -> U,
) -> crate::response::Response<U> {
    let (status, headers) = (response.status(), response.headers().clone());
    crate::response::Response::new(status, headers, wrap(response.into_inner()))
}

/// The documented error in `raw`, as one of those that the operation may answer.
pub(crate) fn failure_as<T: serde::de::DeserializeOwned, E>(
    raw: RawResponse,
    wrap: impl FnOnce(T) -> E,
) -> Error<E> {
    match decode(raw) {
        Ok(response) => Error::Api(Box::new(rewrap(response, wrap))),
        Err(error) => error,
    }
}

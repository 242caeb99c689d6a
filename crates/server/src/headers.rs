//! Checks of a request's headers before its body is read.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Version, header, uri::Authority};

use crate::failure::Failure;

/// Names of UTF-8 in the `charset` parameter, which RFC 8259 does not define but clients send.
const UTF_8: [&str; 2] = ["utf-8", "utf8"];

/// Rejects a request that does not have exactly one valid `Host` (RFC 9112, section 3.2).
pub(crate) fn check_host(version: Version, headers: &HeaderMap) -> Result<(), Failure> {
    let hosts: Vec<_> = headers.get_all(header::HOST).iter().collect();
    match hosts.as_slice() {
        [] if version < Version::HTTP_11 => Ok(()),
        [host] if is_host(host) => Ok(()),
        [host] => Err(Failure::invalid_host(host.as_bytes())),
        hosts => Err(Failure::host_count(hosts.len())),
    }
}

/// Returns whether the value is a host with an optional port. It is empty if the request target has
/// no authority.
fn is_host(value: &HeaderValue) -> bool {
    let Ok(text) = value.to_str() else {
        return false;
    };
    let is_authority = |text: &str| text.parse::<Authority>().is_ok() && !text.contains('@');
    text.is_empty() || is_authority(text)
}

/// Rejects a body that is not uncompressed JSON in UTF-8 according to its headers. `Content-Type`
/// is required, because a page of another origin can send requests without it, or with another
/// type, without a preflight.
pub(crate) fn check_type(headers: &HeaderMap) -> Result<(), Failure> {
    if !has_only(headers, &header::CONTENT_ENCODING, b"identity") {
        return Err(Failure::unsupported_encoding("Content-Encoding"));
    }
    // The HTTP library decodes chunks, but no other codings.
    if !has_only(headers, &header::TRANSFER_ENCODING, b"chunked") {
        return Err(Failure::unsupported_encoding(
            "codings other than chunked in Transfer-Encoding",
        ));
    }
    let given = headers.get(header::CONTENT_TYPE);
    let given = given.map_or(&[][..], HeaderValue::as_bytes);
    let given = String::from_utf8_lossy(given);
    let mut parts = given.split(';').map(str::trim);
    if !parts
        .next()
        .is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json"))
    {
        return Err(Failure::unsupported_type(&given));
    }
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    });
    match charset {
        Some(charset) if !UTF_8.iter().any(|name| name.eq_ignore_ascii_case(charset)) => {
            Err(Failure::unsupported_charset(charset))
        }
        _ => Ok(()),
    }
}

/// Returns whether a header with a list of values has no other element than this one.
fn has_only(headers: &HeaderMap, name: &HeaderName, element: &[u8]) -> bool {
    headers
        .get_all(name)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .all(|found| found.is_empty() || found.eq_ignore_ascii_case(element))
}

/// Rejects a body whose `Content-Length` exceeds the limit.
pub(crate) fn check_length(headers: &HeaderMap, limit: usize) -> Result<(), Failure> {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    // A body without it is sent in chunks, and counted as it is read.
    match length {
        Some(length) if length > limit as u64 => Err(Failure::too_large(limit)),
        _ => Ok(()),
    }
}

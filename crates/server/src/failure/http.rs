//! Failures of HTTP: path, method, headers, and the transfer and encoding of the body.

use std::io;
use std::time::Duration;

use axum::http::StatusCode;

use super::{Failure, codes, shortened};
use crate::outcome::Refusal;
use crate::paths;

impl Failure {
    fn bad_request(message: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    pub(crate) fn unknown_path(method: &str, path: &str) -> Self {
        let message = format!(
            "{} {}: no such API; expected POST {}",
            shortened(method),
            shortened(path),
            paths::rerank()
        );
        Self::new(StatusCode::NOT_FOUND, "1222", message)
    }

    pub(crate) fn wrong_method(method: &str, path: &str) -> Self {
        let message = format!(
            "method {} is not allowed for {}; the Allow header lists the allowed methods",
            shortened(method),
            shortened(path)
        );
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "1212", message)
    }

    /// Returns the failure for a number of `Host` headers other than one.
    pub(crate) fn host_count(count: usize) -> Self {
        Self::bad_request(match count {
            0 => "missing Host header: an HTTP/1.1 request must have exactly one".to_owned(),
            _ => format!("{count} Host headers: an HTTP/1.1 request must have exactly one"),
        })
    }

    pub(crate) fn invalid_host(value: &[u8]) -> Self {
        let value = shortened(&String::from_utf8_lossy(value));
        let message = format!("invalid Host header: expected a host and a port, found {value:?}");
        Self::bad_request(message)
    }

    /// Returns the failure for a compressed body; `headers` are those that the caller must omit.
    pub(crate) fn unsupported_encoding(headers: &str) -> Self {
        Self::unsupported(format!(
            "compressed bodies are not supported: send the body uncompressed, without {headers}"
        ))
    }

    /// Returns the failure for a body that is not JSON; `found` is empty if `Content-Type` is
    /// missing.
    pub(crate) fn unsupported_type(found: &str) -> Self {
        Self::unsupported(match found {
            "" => "missing Content-Type header: send Content-Type: application/json".to_owned(),
            found => format!(
                "expected Content-Type: application/json, found {:?}",
                shortened(found)
            ),
        })
    }

    pub(crate) fn unsupported_charset(charset: &str) -> Self {
        let charset = shortened(charset);
        Self::unsupported(format!("expected JSON in UTF-8, found charset={charset:?}"))
    }

    fn unsupported(message: String) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "1210", message)
    }

    pub(crate) fn not_utf_8(offset: usize) -> Self {
        Self::bad_request(format!(
            "the body is not UTF-8: invalid byte at offset {offset}"
        ))
    }

    pub(crate) fn nested_too_deep(limit: usize, offset: usize) -> Self {
        let message =
            format!("the body is nested more than {limit} levels deep at offset {offset}");
        Self::bad_request(message)
    }

    pub(crate) fn incomplete_body() -> Self {
        let message = "incomplete body: the connection was closed before the end of the body";
        Self::bad_request(message.to_owned())
    }

    pub(crate) fn invalid_chunks(reason: &io::Error) -> Self {
        Self::bad_request(format!(
            "invalid chunked body (Transfer-Encoding: chunked): {reason}"
        ))
    }

    pub(crate) fn body_timeout(limit: Duration) -> Self {
        let message = format!("reading the body timed out after {} s", limit.as_secs_f64());
        Self::new(StatusCode::REQUEST_TIMEOUT, "1210", message).refused_by(Refusal::SlowUpload)
    }

    /// Returns the failure for a body below the minimum rate, in bytes per second.
    pub(crate) fn slow_body(rate: usize, window: Duration) -> Self {
        let message = format!(
            "the body arrived too slowly: less than {rate} bytes/s for {} s",
            window.as_secs_f64()
        );
        Self::new(StatusCode::REQUEST_TIMEOUT, "1210", message).refused_by(Refusal::SlowUpload)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let message = format!("the body is larger than {limit} bytes, the limit of this server");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, codes::TOO_LARGE, message)
            .refused_by(Refusal::BodySize)
    }
}

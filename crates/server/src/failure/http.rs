//! Failures of the HTTP request: path, method, headers, and the bytes of the body.

use std::io;
use std::time::Duration;

use axum::http::StatusCode;

use super::{Failure, shortened};
use crate::outcome::Refusal;

impl Failure {
    fn bad_request(message: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "1210", message)
    }

    pub(crate) fn unknown_path(method: &str, path: &str) -> Self {
        let message = format!(
            "{} {}: no such API; expected POST /api/paas/v4/rerank",
            shortened(method),
            shortened(path)
        );
        Self::new(StatusCode::NOT_FOUND, "1222", message)
    }

    pub(crate) fn wrong_method(method: &str, path: &str) -> Self {
        let message = format!(
            "{} does not take the method {}; the header Allow lists those that it takes",
            shortened(path),
            shortened(method)
        );
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "1212", message)
    }

    /// The request has `count` `Host` headers instead of one.
    pub(crate) fn host_count(count: usize) -> Self {
        Self::bad_request(match count {
            0 => "missing header Host: an HTTP/1.1 request has exactly one".to_owned(),
            _ => format!("{count} headers Host: an HTTP/1.1 request has exactly one"),
        })
    }

    pub(crate) fn invalid_host(value: &[u8]) -> Self {
        let value = shortened(&String::from_utf8_lossy(value));
        let message = format!("invalid header Host: expected a host and a port, found {value:?}");
        Self::bad_request(message)
    }

    /// The body is compressed, according to `headers`.
    pub(crate) fn unsupported_encoding(headers: &str) -> Self {
        Self::unsupported(format!(
            "compressed bodies are not supported: send the body uncompressed, without {headers}"
        ))
    }

    /// The header `Content-Type` is missing, or is not JSON.
    pub(crate) fn unsupported_type(given: &str) -> Self {
        const HELP: &str = "send the header Content-Type: application/json";
        Self::unsupported(match given {
            "" => format!("missing header Content-Type: {HELP}"),
            given => format!(
                "expected a body of application/json, found {:?}: {HELP}",
                shortened(given)
            ),
        })
    }

    pub(crate) fn unsupported_charset(charset: &str) -> Self {
        let charset = shortened(charset);
        Self::unsupported(format!(
            "expected a body in UTF-8, found charset={charset:?}: send JSON in UTF-8"
        ))
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

    /// The body is truncated.
    pub(crate) fn cut_short() -> Self {
        Self::bad_request("the body ended before all of it was sent".to_owned())
    }

    /// The body should be in chunks, but is not.
    pub(crate) fn invalid_chunks(reason: &io::Error) -> Self {
        Self::bad_request(format!(
            "the body is not sent in valid chunks (Transfer-Encoding: chunked): {reason}"
        ))
    }

    /// The body did not arrive in time.
    pub(crate) fn body_timeout(limit: Duration) -> Self {
        let message = format!("reading the body timed out after {} s", limit.as_secs_f64());
        Self::new(StatusCode::REQUEST_TIMEOUT, "1210", message).by(Refusal::SlowUpload)
    }

    /// The body arrived below the minimum rate.
    pub(crate) fn slow_body(rate: usize, window: Duration) -> Self {
        let message = format!(
            "the body came too slowly: fewer than {rate} bytes a second over {} s",
            window.as_secs_f64()
        );
        Self::new(StatusCode::REQUEST_TIMEOUT, "1210", message).by(Refusal::SlowUpload)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let message = format!("the body is larger than {limit} bytes, the limit of this server");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "1261", message).by(Refusal::BodySize)
    }
}

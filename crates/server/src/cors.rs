//! Origins of web pages that may call the server from a browser (CORS).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::http::{HeaderValue, Method, Uri, header};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

/// How long a browser may cache a preflight response.
const MAX_AGE: Duration = Duration::from_secs(600);

/// The origins whose pages may call the server; none by default.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    any: bool,
    listed: Vec<HeaderValue>,
}

impl Origins {
    /// Returns whether no origin is allowed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.any && self.listed.is_empty()
    }

    /// Returns the middleware that answers preflights and adds the CORS headers, if any origin is
    /// allowed.
    pub(crate) fn layer(&self) -> Option<CorsLayer> {
        if self.is_empty() {
            return None;
        }
        let origins = if self.any {
            AllowOrigin::from(Any)
        } else {
            AllowOrigin::list(self.listed.iter().cloned())
        };
        let layer = CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([Method::GET, Method::HEAD, Method::POST])
            .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
            .expose_headers([header::RETRY_AFTER])
            // The server usually has a private address.
            .allow_private_network(true)
            .max_age(MAX_AGE);
        Some(layer)
    }
}

impl FromIterator<Origin> for Origins {
    fn from_iter<I: IntoIterator<Item = Origin>>(origins: I) -> Self {
        let mut all = Self::default();
        for Origin(origin) in origins {
            match origin {
                None => all.any = true,
                Some(origin) => all.listed.push(origin),
            }
        }
        all
    }
}

/// An origin such as `https://example.com:8443`, or `*` for any.
#[derive(Clone, Debug)]
pub struct Origin(Option<HeaderValue>);

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        if text == "*" {
            return Ok(Self(None));
        }
        let uri: Uri = text.parse().map_err(|_| OriginError)?;
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(OriginError);
        };
        // Browsers send origins in this form only, so any other form would never match.
        let origin = format!("{scheme}://{authority}");
        let default_port = match scheme.as_str() {
            "http" => ":80",
            "https" => ":443",
            _ => return Err(OriginError),
        };
        let is_canonical = !text.contains('@') && text == origin.to_ascii_lowercase();
        let port_is_valid =
            authority.port_u16().is_some() || authority.host() == authority.as_str();
        if !is_canonical || !port_is_valid || text.ends_with(default_port) {
            return Err(OriginError);
        }
        HeaderValue::from_str(text)
            .map(|origin| Self(Some(origin)))
            .map_err(|_| OriginError)
    }
}

/// An error in the text of an origin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OriginError;

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected `*` or an origin in the form that browsers send, such as \
             https://example.com: lower case, without path and default port",
        )
    }
}

impl std::error::Error for OriginError {}

#[cfg(test)]
mod tests {
    use super::{Origin, OriginError};

    #[test]
    fn an_origin_has_the_form_that_browsers_send() {
        for origin in [
            "*",
            "http://localhost:3000",
            "https://example.com",
            "http://[::1]:8080",
        ] {
            assert!(origin.parse::<Origin>().is_ok(), "{origin}");
        }
        for origin in [
            "",
            "null",
            "example.com",
            "https://example.com/",
            "https://example.com/path",
            "https://Example.com",
            "https://example.com:443",
            "http://user@example.com",
            "ftp://example.com",
            "http://example.com:99999",
        ] {
            assert_eq!(
                origin.parse::<Origin>().err(),
                Some(OriginError),
                "{origin}"
            );
        }
    }
}

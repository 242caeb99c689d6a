//! Cookies: all in one header, as HTTP asks for.

use reqwest::RequestBuilder;
use reqwest::header::{COOKIE, HeaderValue};

/// Adds the cookies to the request, if there are any.
pub(crate) fn cookies(request: RequestBuilder, cookies: &[HeaderValue]) -> RequestBuilder {
    let texts: Vec<&[u8]> = cookies
        .iter()
        .map(HeaderValue::as_bytes)
        .filter(|cookie| !cookie.is_empty())
        .collect();
    // Values of headers, joined with characters that headers allow, are one again.
    match HeaderValue::from_bytes(&texts.join(&b"; "[..])) {
        Ok(mut value) if !texts.is_empty() => {
            value.set_sensitive(cookies.iter().any(HeaderValue::is_sensitive));
            request.header(COOKIE, value)
        }
        _ => request,
    }
}

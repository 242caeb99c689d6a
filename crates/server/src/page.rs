//! The page at `/` and the contract, which are embedded in the program.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::body;

/// The page may load its own files and call this server, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

pub(crate) async fn html() -> Response {
    file(
        "text/html; charset=utf-8",
        include_str!("../page/index.html"),
    )
}

pub(crate) async fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("../page/page.css"))
}

pub(crate) async fn script() -> Response {
    file(
        "text/javascript; charset=utf-8",
        include_str!("../page/page.js"),
    )
}

pub(crate) async fn texts() -> Response {
    file(
        "text/javascript; charset=utf-8",
        include_str!("../page/texts.js"),
    )
}

pub(crate) async fn contract() -> Response {
    file(
        "application/yaml; charset=utf-8",
        bigmodel_rerank_api::CONTRACT,
    )
}

fn file(kind: &'static str, text: &'static str) -> Response {
    let mut response = body::text(StatusCode::OK, kind, text);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    // Another version of the program may serve another page.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

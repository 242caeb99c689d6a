//! The page at `/` and the contract, which are embedded in the program.

use std::sync::LazyLock;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::request::{MAX_DOCUMENT_LENGTH, MAX_DOCUMENTS, MAX_QUERY_LENGTH};
use crate::{body, paths};

/// Allows the page's own files and calls to this server, and nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The page's script, after the facts of the contract that it needs.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let contract = json!({
        "basePath": paths::base(),
        "rerankPath": paths::rerank(),
        "maxDocuments": MAX_DOCUMENTS,
        "maxDocumentLength": MAX_DOCUMENT_LENGTH,
        "maxQueryLength": MAX_QUERY_LENGTH,
    });
    let script = include_str!("../page/page.js");
    format!("\"use strict\";\nconst CONTRACT = {contract};\n{script}")
});

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
    file("text/javascript; charset=utf-8", &SCRIPT)
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

fn file(content_type: &'static str, text: &'static str) -> Response {
    let mut response = body::text(StatusCode::OK, content_type, text);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_SECURITY_POLICY),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    // Another version of the program may serve a different page.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

//! The page at `/` and the contract, which are embedded in the program.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use bigmodel_rerank_engine::Description;
use serde_json::json;

use crate::request::{MAX_DOCUMENT_LENGTH, MAX_DOCUMENTS, MAX_QUERY_LENGTH};
use crate::{body, paths, state};

/// Allows the page's own files and calls to this server, and nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Returns the page's script, after the facts of the contract and the scorer that it needs.
fn script_text(scorer: &Description) -> String {
    let contract = json!({
        "basePath": paths::base(),
        "rerankPath": paths::rerank(),
        "maxDocuments": MAX_DOCUMENTS,
        "maxDocumentLength": MAX_DOCUMENT_LENGTH,
        "maxQueryLength": MAX_QUERY_LENGTH,
    });
    // A name may hold what would end the script.
    let name = scorer.name.replace(['<', '>'], "");
    let scorer = json!({"name": name, "kind": scorer.kind.name()});
    let script = include_str!("../page/page.js");
    format!("\"use strict\";\nconst CONTRACT = {contract};\nconst SCORER = {scorer};\n{script}")
}

pub(crate) async fn html() -> Response {
    file(
        "text/html; charset=utf-8",
        include_str!("../page/index.html"),
    )
}

pub(crate) async fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("../page/page.css"))
}

pub(crate) async fn script(State(state): State<Arc<state::State>>) -> Response {
    let text = script_text(&state.scorer.description());
    file("text/javascript; charset=utf-8", text)
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

fn file(content_type: &'static str, text: impl Into<Body>) -> Response {
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

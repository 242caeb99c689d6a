//! Routes and middleware.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;

use crate::failure::Failure;
use crate::paths::{CONTRACT, HEALTH, METRICS, PAGE, SCRIPT, STYLE, TEXTS};
use crate::state::State;
use crate::{access_log, body, forms, metrics, page, paths, receive, rerank};

pub(crate) fn router(state: &Arc<State>) -> Router {
    // Paths that pages of allowed origins may call.
    let mut cross_origin = Router::new()
        .route(paths::rerank(), post(rerank::rerank))
        .route(paths::RERANK_V1, post(forms::v1))
        .route(paths::RERANK_V2, post(forms::cohere_v2))
        .route(paths::TEI_RERANK, post(forms::tei))
        .route(paths::TEI_INFO, get(forms::tei_info))
        .route(CONTRACT, get(page::contract))
        .route(HEALTH, get(health))
        // Inside the CORS layer, because a preflight uses a method that has no route.
        .method_not_allowed_fallback(wrong_method);
    if let Some(cors) = state.settings.cors_origins.layer() {
        cross_origin = cross_origin.layer(cors);
    }
    Router::new()
        .route(PAGE, get(page::html))
        .route(STYLE, get(page::style))
        .route(SCRIPT, get(page::script))
        .route(TEXTS, get(page::texts))
        .route(METRICS, get(metrics::serve))
        .merge(cross_origin)
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(access_log::check_host))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(state), access_log::record))
        // A panic in the middleware must not close the connection either.
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(Arc::clone(state))
}

async fn health() -> Response {
    body::text(StatusCode::OK, "application/json", r#"{"status":"ok"}"#)
}

async fn unknown_path(request: Request) -> Response {
    reject(request, Failure::unknown_path).await
}

async fn wrong_method(request: Request) -> Response {
    reject(request, Failure::wrong_method).await
}

async fn reject(request: Request, failure: fn(&str, &str) -> Failure) -> Response {
    let failure = failure(request.method().as_str(), request.uri().path());
    let (parts, body) = request.into_parts();
    receive::drain(&parts.headers, body).await;
    forms::fail_at(parts.uri.path(), failure)
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    Failure::internal_error().into_response()
}

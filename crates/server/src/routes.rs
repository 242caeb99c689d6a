//! Routes: the handler of each path.

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
use crate::paths::{CONTRACT, HEALTH, METRICS, PAGE, RERANK, SCRIPT, STYLE, TEXTS};
use crate::state::State;
use crate::{access, body, metrics, page, receive, rerank};

pub(crate) fn router(state: &Arc<State>) -> Router {
    // Pages of other origins may call these, if any origin is allowed.
    let mut callable = Router::new()
        .route(RERANK, post(rerank::rerank))
        .route(CONTRACT, get(page::contract))
        .route(HEALTH, get(health))
        // Here too, since a preflight has an unknown method.
        .method_not_allowed_fallback(wrong_method);
    if let Some(cors) = state.settings.cors_origins.layer() {
        callable = callable.layer(cors);
    }
    Router::new()
        .route(PAGE, get(page::html))
        .route(STYLE, get(page::style))
        .route(SCRIPT, get(page::script))
        .route(TEXTS, get(page::texts))
        .route(METRICS, get(metrics::answer))
        .merge(callable)
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(access::check_host))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(state), access::record))
        // Middleware may panic too, which must not end a connection.
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(Arc::clone(state))
}

async fn health() -> Response {
    body::text(StatusCode::OK, "application/json", r#"{"status":"ok"}"#)
}

async fn unknown_path(request: Request) -> Response {
    refuse(request, Failure::unknown_path).await
}

async fn wrong_method(request: Request) -> Response {
    refuse(request, Failure::wrong_method).await
}

async fn refuse(request: Request, failure: fn(&str, &str) -> Failure) -> Response {
    let failure = failure(request.method().as_str(), request.uri().path());
    let (parts, body) = request.into_parts();
    receive::drain(&parts.headers, body).await;
    failure.into_response()
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    Failure::defect().into_response()
}

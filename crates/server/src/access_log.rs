//! Middleware around every request: writes a log line, counts it in the metrics, and checks the
//! `Host` header. Texts of requests are never logged.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::outcome::{Outcome, shortened};
use crate::{headers, receive, state};

pub(crate) async fn record(
    State(state): State<Arc<state::State>>,
    request: Request,
    next: Next,
) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let time = start.elapsed();
    let outcome = response
        .extensions_mut()
        .remove::<Outcome>()
        .unwrap_or_default();
    let status = response.status().as_u16();
    state.metrics.record(&path, status, time, &outcome);
    tracing::info!(
        target: "access",
        status,
        code = outcome.code,
        milliseconds = (time.as_secs_f64() * 1e5).round() / 1e2,
        documents = outcome.documents,
        tokens = outcome.tokens,
        request_id = shortened(&outcome.request_id),
        "{} {:?}",
        shortened(method.as_str()),
        shortened(&path),
    );
    if state.is_stopping() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

pub(crate) async fn check_host(request: Request, next: Next) -> Response {
    match headers::check_host(request.version(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(failure) => {
            let (parts, body) = request.into_parts();
            receive::drain(&parts.headers, body).await;
            failure.into_response()
        }
    }
}

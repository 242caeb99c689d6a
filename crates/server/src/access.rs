//! One line in the log and one count in the metrics for each request, without its texts.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

/// How much of a name that a caller chose the log repeats, in characters.
const LOGGED: usize = 80;

/// What came of a request: its answer carries this to the log and the metrics.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    /// The service's code of a failure; empty for a success.
    pub(crate) code: &'static str,
    /// The start of it: an id may be as long as a body.
    pub(crate) request_id: String,
    pub(crate) documents: usize,
    pub(crate) tokens: usize,
}

pub(crate) async fn record(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
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
    app.metrics.record(&path, status, time, &outcome);
    tracing::info!(
        target: "access",
        status,
        code = outcome.code,
        milliseconds = (time.as_secs_f64() * 1e5).round() / 1e2,
        documents = outcome.documents,
        tokens = outcome.tokens,
        request_id = shortened(&outcome.request_id),
        "{} {:?}",
        method.as_str().get(..LOGGED).unwrap_or(method.as_str()),
        shortened(&path),
    );
    if app.is_stopping() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

pub(crate) fn shortened(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(LOGGED)
        .map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

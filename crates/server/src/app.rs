//! Which path is answered by what, and what all of them share.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bigmodel_rerank_engine::Scorer;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tower_http::catch_panic::CatchPanicLayer;

use crate::failure::Failure;
use crate::metrics::Metrics;
use crate::{Settings, access, body, metrics, page, rerank};

/// The contract's operation, below the base URL `/api`.
const RERANK: &str = "/api/paas/v4/rerank";
const PAGE: &str = "/";
const STYLE: &str = "/page.css";
const SCRIPT: &str = "/page.js";
const TEXTS: &str = "/texts.js";
const CONTRACT: &str = "/openapi.yaml";
const HEALTH: &str = "/healthz";
const METRICS: &str = "/metrics";
/// All paths that are answered.
pub(crate) const PATHS: [&str; 8] = [
    RERANK, PAGE, STYLE, SCRIPT, TEXTS, CONTRACT, HEALTH, METRICS,
];

/// What all requests share.
pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) scorer: Box<dyn Scorer>,
    /// One permit for each rerank request that may be under way.
    pub(crate) requests: Arc<Semaphore>,
    /// One permit for each large request, from its body to its answer. Apart from the other:
    /// callers that are slow to send do not keep those out who have sent.
    pub(crate) bodies: Arc<Semaphore>,
    /// One permit for each core: more work at once would only make all of it late.
    pub(crate) cores: Arc<Semaphore>,
    pub(crate) metrics: Metrics,
    stopping: AtomicBool,
}

impl App {
    pub(crate) fn new(scorer: impl Scorer + 'static, settings: Settings) -> Arc<Self> {
        let cores = available_parallelism().map_or(1, usize::from);
        let places = settings.max_requests.min(Semaphore::MAX_PERMITS);
        Arc::new(Self {
            requests: Arc::new(Semaphore::new(places)),
            bodies: Arc::new(Semaphore::new(places)),
            cores: Arc::new(Semaphore::new(cores)),
            scorer: Box::new(scorer),
            metrics: Metrics::new(),
            stopping: AtomicBool::new(false),
            settings,
        })
    }

    /// From now on, answers tell their callers to send nothing more on the same connection.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// A place for one request, or the refusal to make its caller wait any longer.
    pub(crate) async fn place(
        &self,
        places: &Arc<Semaphore>,
    ) -> Result<OwnedSemaphorePermit, Failure> {
        match timeout(self.settings.wait_time, Arc::clone(places).acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(Failure::too_many(self.settings.max_requests)),
        }
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

pub(crate) fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route(RERANK, post(rerank::rerank))
        .route(PAGE, get(page::html))
        .route(STYLE, get(page::style))
        .route(SCRIPT, get(page::script))
        .route(TEXTS, get(page::texts))
        .route(CONTRACT, get(page::contract))
        .route(HEALTH, get(health))
        .route(METRICS, get(metrics::answer))
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(app), access::record))
        // What is around the requests may fail as well, and is not let end a connection.
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(Arc::clone(app))
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
    body::drain(&parts.headers, body).await;
    failure.into_response()
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    Failure::defect().into_response()
}

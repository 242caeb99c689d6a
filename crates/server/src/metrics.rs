//! `/metrics`: counters and histograms for Prometheus.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bigmodel_rerank_engine::Description;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::failure::Failure;
use crate::outcome::{Outcome, Refusal};
use crate::{body, paths, state};

const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct RequestLabels {
    path: &'static str,
    status: u16,
    /// The service's error code; empty for a success.
    code: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct RefusalLabels {
    reason: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct PathLabels {
    path: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct ScorerLabels {
    name: String,
    kind: &'static str,
}

type Times = Family<PathLabels, Histogram, fn() -> Histogram>;

pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    times: Times,
    refusals: Family<RefusalLabels, Counter>,
    in_flight: Gauge,
    connections: Gauge,
    documents: Counter<u64, AtomicU64>,
    tokens: Counter<u64, AtomicU64>,
    cut: Counter<u64, AtomicU64>,
}

impl Metrics {
    pub(crate) fn new(scorer: &Description) -> Self {
        let mut registry = Registry::with_prefix("rerank");
        // From 0.5 ms to 16 s.
        let times =
            Times::new_with_constructor(|| Histogram::new(exponential_buckets(0.0005, 2.0, 16)));
        let metrics = Self {
            requests: Family::default(),
            times,
            refusals: Family::default(),
            in_flight: Gauge::default(),
            connections: Gauge::default(),
            documents: Counter::default(),
            tokens: Counter::default(),
            cut: Counter::default(),
            registry: Registry::default(),
        };
        registry.register("requests", "Responses sent", metrics.requests.clone());
        registry.register_with_unit(
            "request_duration",
            "Time from the headers of a request to its response",
            Unit::Seconds,
            metrics.times.clone(),
        );
        let labels = ScorerLabels {
            name: scorer.name.clone(),
            kind: scorer.kind.name(),
        };
        registry.register("scorer", "What ranks", Info::new(labels));
        // Prometheus computes a rate only if the series exists before the first refusal.
        for refusal in Refusal::ALL {
            let reason = refusal.name();
            drop(metrics.refusals.get_or_create(&RefusalLabels { reason }));
        }
        registry.register(
            "refusals",
            "Requests, connections and transfers that a limit refused or ended, by limit",
            metrics.refusals.clone(),
        );
        registry.register(
            "requests_in_flight",
            "Rerank requests that wait, are being scored, or whose large response is being read",
            metrics.in_flight.clone(),
        );
        registry.register(
            "connections",
            "Open connections",
            metrics.connections.clone(),
        );
        registry.register("documents", "Documents scored", metrics.documents.clone());
        registry.register(
            "documents_cut",
            "Documents of which only the beginning was scored, since the model reads no more",
            metrics.cut.clone(),
        );
        registry.register(
            "tokens",
            "Tokens, by the documented formula",
            metrics.tokens.clone(),
        );
        Self {
            registry,
            ..metrics
        }
    }

    pub(crate) fn record(&self, path: &str, status: u16, time: Duration, outcome: &Outcome) {
        // Callers choose unknown paths, and each would add a series that is kept forever.
        let path = paths::all()
            .into_iter()
            .find(|known| *known == path)
            .unwrap_or("other");
        let code = outcome.code;
        self.requests
            .get_or_create(&RequestLabels { path, status, code })
            .inc();
        self.times
            .get_or_create(&PathLabels { path })
            .observe(time.as_secs_f64());
        if let Some(refusal) = outcome.refusal {
            self.refused(refusal);
        }
        self.documents.inc_by(outcome.documents as u64);
        self.tokens.inc_by(outcome.tokens as u64);
        self.cut.inc_by(outcome.cut as u64);
    }

    /// Counts a refusal by its limit.
    pub(crate) fn refused(&self, refusal: Refusal) {
        let reason = refusal.name();
        self.refusals.get_or_create(&RefusalLabels { reason }).inc();
    }

    /// Counts a rerank request as in flight until the guard is dropped.
    pub(crate) fn in_flight(&self) -> GaugeGuard {
        GaugeGuard::new(&self.in_flight)
    }

    /// Counts a connection as open until the guard is dropped.
    pub(crate) fn connection(&self) -> GaugeGuard {
        GaugeGuard::new(&self.connections)
    }
}

/// Increments a gauge until it is dropped.
pub(crate) struct GaugeGuard(Gauge);

impl GaugeGuard {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for GaugeGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}

pub(crate) async fn serve(State(state): State<Arc<state::State>>) -> Response {
    let mut text = String::new();
    match encode(&mut text, &state.metrics.registry) {
        Ok(()) => body::text(StatusCode::OK, CONTENT_TYPE, text),
        Err(_) => Failure::internal_error().into_response(),
    }
}

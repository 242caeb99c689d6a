//! Sends a request, and sends it again until an attempt succeeds, fails permanently or times out.

use std::time::Duration;

use backon::Retryable as _;
use bigmodel_rerank_api::types::RerankRequest;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::batch_request::Shared;
use crate::response_checks::{checked, of_this_request};
use crate::seconds::seconds;
use crate::{BackendResponse, CancellationToken, Error, ErrorKind, retry_policy};

/// A response, and the index and score of each of its results.
type Checked = (BackendResponse, Vec<(usize, f32)>);

/// Sends a request whose response must have `wanted` results.
pub(crate) async fn send(
    shared: &Shared<'_>,
    request: &RerankRequest,
    wanted: usize,
) -> Result<Checked, Error> {
    let settings = &shared.settings;
    let documents = request.documents.len();
    let request_id = request.request_id.as_deref().unwrap_or_default();
    let mut attempts = 0_u32;
    let attempt = || {
        attempts = attempts.saturating_add(1);
        async {
            let response = of_this_request(respond(shared, request).await, request)?;
            let scores = checked(&response, documents, wanted)?;
            Ok((response, scores))
        }
    };
    let token = settings.cancellation.clone();
    let retried = attempt
        .retry(settings.retry.delays_with_jitter())
        .sleep(move |delay| pause(token.clone(), delay))
        .when(|error: &Error| error.is_transient())
        .adjust(|error, drawn| {
            let left = shared.deadline.saturating_duration_since(Instant::now());
            retry_policy::adjusted(error, drawn, left)
        })
        .notify(|error, delay| {
            let (kind, code) = (error.kind(), error.code());
            tracing::warn!(?kind, code, ?delay, request_id, "request failed, retrying");
        });
    let sent = match timeout_at(shared.deadline, retried).await {
        Ok(sent) => sent,
        Err(_) => Err(late(settings.timeout, "timeout", "for the whole call")),
    };
    let (response, scores) = sent.map_err(|error| {
        let left = shared.deadline.saturating_duration_since(Instant::now());
        retry_policy::given_up(error, settings.retry, attempts, left)
            .after(attempts)
            .about(request_id)
    })?;
    tracing::debug!(
        documents,
        attempts,
        tokens = response.usage.map(|usage| usage.total_tokens),
        request_id,
        "batch ranked"
    );
    Ok((response, scores))
}

/// Makes one attempt.
async fn respond(shared: &Shared<'_>, request: &RerankRequest) -> Result<BackendResponse, Error> {
    if shared.settings.is_cancelled() {
        return Err(cancelled());
    }
    let response = shared.backend.rerank(request);
    let Some(limit) = shared.settings.attempt_timeout else {
        return response.await;
    };
    match timeout(limit, response).await {
        Ok(response) => response,
        Err(_) => Err(late(limit, "attempt_timeout", "for one attempt")),
    }
}

/// Waits for a duration, or until the call is cancelled.
async fn pause(token: Option<CancellationToken>, delay: Duration) {
    let Some(token) = token else {
        return sleep(delay).await;
    };
    tokio::select! {
        () = sleep(delay) => {}
        () = token.cancelled() => {}
    }
}

fn late(limit: Duration, setting: &str, scope: &str) -> Error {
    let limit = seconds(limit);
    let problem = format!("timed out after {limit} (`{setting}`, {scope})");
    Error::new(ErrorKind::Transport, problem).timed_out()
}

pub(crate) fn cancelled() -> Error {
    let problem = "cancelled before all of its requests were sent";
    Error::new(ErrorKind::Cancelled, problem)
}

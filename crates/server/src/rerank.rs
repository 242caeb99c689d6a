//! The contract's operation: checks the caller, reads the request, scores it and responds.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use bigmodel_rerank_engine::{Cancellation, ScoreError, work};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::address::Address;
use crate::buffer::Buffer;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::guarded_body::GuardedBody;
use crate::outcome::{Outcome, Refusal, shortened};
use crate::receive::receive;
use crate::{body, credentials, headers, receive, request, response, state};

pub(crate) async fn rerank(
    State(state): State<Arc<state::State>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (parts, mut body) = request.into_parts();
    match serve(&state, &caller, &parts, &mut body).await {
        Ok(response) => response,
        // A connection beyond the limits is closed right after the response.
        Err(failure) if caller.restricted.is_some() => failure.into_response(),
        Err(failure) => {
            receive::drain(&parts.headers, body).await;
            failure.into_response()
        }
    }
}

/// Serves a request. Cheap checks come first, so that no body is read for a caller that is
/// rejected.
async fn serve(
    state: &Arc<state::State>,
    caller: &Caller,
    parts: &Parts,
    body: &mut Body,
) -> Result<Response, Failure> {
    let settings = &state.settings;
    match caller.restricted {
        None => {}
        Some(Refusal::AddressConnections) => {
            return Err(Failure::too_many_connections_of_address());
        }
        Some(_) => return Err(Failure::too_many_connections()),
    }
    credentials::check(&parts.headers, &settings.keys)?;
    headers::check_type(&parts.headers)?;
    headers::check_length(&parts.headers, settings.max_body)?;
    let received = receive(body, state, caller.address).await?;
    let in_flight = state
        .request_permit(caller.address, received.bytes.len())
        .await?;
    let counted = state.metrics.in_flight();
    let scored = score(state, caller.address, received.bytes);
    let response = match timeout(settings.work_timeout, scored).await {
        Ok(done) => done?,
        Err(_) => return Err(Failure::work_timeout()),
    };
    drop(in_flight);
    // The response to a small body fits into one frame and needs no timeout.
    Ok(match received.permit {
        None => response,
        Some(permit) => response.map(|body| {
            let guard = (permit, counted);
            let abort = caller.abort.clone();
            GuardedBody::wrap_with_timeout(body, guard, abort, settings.response_timeout)
        }),
    })
}

/// Parses and scores a request on a blocking thread, one request per core.
async fn score(
    state: &Arc<state::State>,
    address: Address,
    bytes: Buffer,
) -> Result<Response, Failure> {
    let core = state.core(address, bytes.len()).await?;
    let state = Arc::clone(state);
    let cancellation = Cancellation::new();
    // If the caller disconnects or scoring times out, this future is dropped.
    let _guard = cancellation.clone().cancel_on_drop();
    let done = spawn_blocking(move || {
        // Held until scoring ends, even if the caller has disconnected.
        let _core = core;
        rank(&state, bytes, &cancellation)
    });
    // The reason of a panic may quote texts, which must not be logged.
    done.await.unwrap_or_else(|_| {
        tracing::error!("scoring a request failed");
        Err(Failure::internal_error())
    })
}

fn rank(
    state: &state::State,
    bytes: Buffer,
    cancellation: &Cancellation,
) -> Result<Response, Failure> {
    let settings = &state.settings;
    let request = request::read(&bytes, settings.any_model)?;
    // The response may be as large as the body.
    drop(bytes);
    let documents: Vec<_> = request.documents.iter().map(String::as_str).collect();
    let amount = work(&request.query, &documents);
    if amount > settings.max_work {
        let failure = Failure::too_much_work(amount, settings.max_work);
        return Err(failure.with_request_id(request.request_id));
    }
    let scored = state.scorer.score(&request.query, &documents, cancellation);
    let scored = scored.map_err(|error| match error {
        // Nobody reads this response.
        ScoreError::Cancelled => Failure::work_timeout(),
        error => {
            tracing::error!(%error, "a request was not scored");
            Failure::internal_error().with_request_id(request.request_id.clone())
        }
    })?;
    let is_complete = scored.documents.len() == documents.len();
    let is_finite = scored
        .documents
        .iter()
        .all(|one| one.raw.is_finite() && one.normalized.is_finite());
    if !(is_complete && is_finite) {
        tracing::error!("the scorer did not return one finite score for each document");
        return Err(Failure::internal_error());
    }
    let count = documents.len();
    let ranking = response::from_scores(request, &scored);
    let outcome = Outcome {
        request_id: shortened(ranking.request_id.as_deref().unwrap_or_default()).to_owned(),
        documents: count,
        tokens: scored.prompt_tokens(),
        ..Outcome::default()
    };
    let mut response = body::json(StatusCode::OK, &ranking);
    response.extensions_mut().insert(outcome);
    Ok(response)
}

//! Rerank requests: checks the caller, reads the body, and scores it on a blocking thread. What the
//! body holds and what the response looks like is up to a [`Form`].

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use bigmodel_rerank_engine::Cancellation;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::address::Address;
use crate::buffer::Buffer;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::guarded_body::GuardedBody;
use crate::outcome::{Outcome, Refusal, shortened};
use crate::receive::receive;
use crate::{body, credentials, headers, receive, request, response, scoring, state};

/// The form of requests and responses of one operation.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// Parses and scores a body.
    pub(crate) rank: fn(&state::State, Buffer, &Cancellation) -> Result<Response, Failure>,
    /// Returns the response for a failure.
    pub(crate) fail: fn(Failure) -> Response,
}

/// The contract's own form.
const CONTRACT: Form = Form {
    rank,
    fail: Failure::into_response,
};

/// The contract's operation.
pub(crate) async fn rerank(
    State(state): State<Arc<state::State>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    respond(&state, &caller, request, CONTRACT).await
}

/// Serves a request in a form.
pub(crate) async fn respond(
    state: &Arc<state::State>,
    caller: &Caller,
    request: Request,
    form: Form,
) -> Response {
    let (parts, mut body) = request.into_parts();
    match serve(state, caller, &parts, &mut body, form).await {
        Ok(response) => response,
        // A connection beyond the limits is closed right after the response.
        Err(failure) if caller.restricted.is_some() => (form.fail)(failure),
        Err(failure) => {
            receive::drain(&parts.headers, body).await;
            (form.fail)(failure)
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
    form: Form,
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
    let scored = score(state, caller.address, received.bytes, form);
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
    form: Form,
) -> Result<Response, Failure> {
    let core = state.core(address, bytes.len()).await?;
    let state = Arc::clone(state);
    let cancellation = Cancellation::new();
    // If the caller disconnects or scoring times out, this future is dropped.
    let _guard = cancellation.clone().cancel_on_drop();
    let done = spawn_blocking(move || {
        // Held until scoring ends, even if the caller has disconnected.
        let _core = core;
        (form.rank)(&state, bytes, &cancellation)
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
    let scored = scoring::score(state, &request.query, &documents, cancellation);
    let scored = scored.map_err(|failure| failure.with_request_id(request.request_id.clone()))?;
    let count = documents.len();
    let ranking = response::from_scores(request, &scored);
    let outcome = Outcome {
        request_id: shortened(ranking.request_id.as_deref().unwrap_or_default()).to_owned(),
        documents: count,
        tokens: scored.prompt_tokens(),
        cut: scored.cut,
        ..Outcome::default()
    };
    let mut response = body::json(StatusCode::OK, &ranking);
    outcome.attach(&mut response);
    Ok(response)
}

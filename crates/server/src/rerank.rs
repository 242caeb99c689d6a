//! The contract's operation: authenticates, reads, scores and responds.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use bigmodel_rerank_engine::work;
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
        // A connection beyond the limits is closed after the refusal.
        Err(failure) if caller.restricted.is_some() => failure.into_response(),
        Err(failure) => {
            receive::drain(&parts.headers, body).await;
            failure.into_response()
        }
    }
}

/// Checks what is cheap first: the body of a rejected caller is not read.
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
        Err(_) => return Err(Failure::overloaded()),
    };
    drop(in_flight);
    // The response to a small body is small, and is handed over at once.
    Ok(match received.permit {
        None => response,
        Some(permit) => response.map(|body| {
            let guard = (permit, counted);
            let abort = caller.abort.clone();
            GuardedBody::wrap_with_timeout(body, guard, abort, settings.response_timeout)
        }),
    })
}

/// Reads, scores and responds on a thread for blocking work, one request for each core.
async fn score(
    state: &Arc<state::State>,
    address: Address,
    bytes: Buffer,
) -> Result<Response, Failure> {
    let core = state.core(address, bytes.len()).await?;
    let state = Arc::clone(state);
    let done = spawn_blocking(move || {
        // Held to the end, even if the caller has left.
        let _core = core;
        ranked(&state, bytes)
    });
    // The reason may quote texts, which must not be logged.
    done.await.unwrap_or_else(|_| {
        tracing::error!("scoring a request failed");
        Err(Failure::defect())
    })
}

fn ranked(state: &state::State, bytes: Buffer) -> Result<Response, Failure> {
    let settings = &state.settings;
    let request = request::read(&bytes, settings.any_model)?;
    // The response may be as large.
    drop(bytes);
    let documents: Vec<_> = request.documents.iter().map(String::as_str).collect();
    let amount = work(&request.query, &documents);
    if amount > settings.max_work {
        let failure = Failure::too_much_work(amount, settings.max_work);
        return Err(failure.about(request.request_id));
    }
    let scored = state.scorer.score(&request.query, &documents);
    let whole = scored.documents.len() == documents.len();
    let finite = scored
        .documents
        .iter()
        .all(|one| one.raw.is_finite() && one.normalized.is_finite());
    if !(whole && finite) {
        tracing::error!("the scorer did not give one finite score for each document");
        return Err(Failure::defect());
    }
    let counted = documents.len();
    let answer = response::ranked(request, &scored);
    let outcome = Outcome {
        request_id: shortened(answer.request_id.as_deref().unwrap_or_default()).to_owned(),
        documents: counted,
        tokens: scored.prompt_tokens(),
        ..Outcome::default()
    };
    let mut response = body::json(StatusCode::OK, &answer);
    response.extensions_mut().insert(outcome);
    Ok(response)
}

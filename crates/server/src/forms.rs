//! The rerank forms of other clients: Cohere, Jina and Text Embeddings Inference (TEI).
//!
//! They share the scorer, the keys and the limits of the contract's operation. Every model name is
//! accepted.

mod body;
mod cohere;
mod errors;
mod jina;
mod ranked;
mod tei;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bigmodel_rerank_engine::Cancellation;

use crate::buffer::Buffer;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::rerank::{Form, respond};
use crate::{credentials, paths, state};

/// `/v1/rerank`. Failures before the body is known are in Jina's form.
const V1: Form = Form {
    rank: rank_v1,
    fail: errors::jina,
};
const COHERE_V2: Form = Form {
    rank: cohere::rank_v2,
    fail: errors::cohere,
};
const TEI: Form = Form {
    rank: tei::rank,
    fail: errors::tei,
};

/// `/v1/rerank` of Cohere and of Jina.
pub(crate) async fn v1(
    State(state): State<Arc<state::State>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    respond(&state, &caller, request, V1).await
}

/// `/v2/rerank` of Cohere.
pub(crate) async fn cohere_v2(
    State(state): State<Arc<state::State>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    respond(&state, &caller, request, COHERE_V2).await
}

/// `/rerank` of TEI.
pub(crate) async fn tei(
    State(state): State<Arc<state::State>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    respond(&state, &caller, request, TEI).await
}

/// `/info` of TEI.
pub(crate) async fn tei_info(State(state): State<Arc<state::State>>, request: Request) -> Response {
    match credentials::check(request.headers(), &state.settings.keys) {
        Ok(()) => crate::body::json(StatusCode::OK, &tei::info(&state)),
        Err(failure) => errors::tei(failure),
    }
}

/// Returns the response for a failure at a path, in the form that clients of this path expect.
pub(crate) fn fail_at(path: &str, failure: Failure) -> Response {
    match path {
        paths::RERANK_V1 => errors::jina(failure),
        paths::RERANK_V2 => errors::cohere(failure),
        paths::TEI_RERANK | paths::TEI_INFO => errors::tei(failure),
        _ => failure.into_response(),
    }
}

/// Ranks by a body of Cohere or of Jina.
fn rank_v1(
    state: &state::State,
    bytes: Buffer,
    cancellation: &Cancellation,
) -> Result<Response, Failure> {
    let text = body::text(&bytes)?;
    if cohere::is_v1(text) {
        // Only now is it known that the caller expects errors of Cohere.
        let ranked = cohere::rank_v1(state, bytes, cancellation);
        return Ok(ranked.unwrap_or_else(errors::cohere));
    }
    jina::rank(state, bytes, cancellation)
}

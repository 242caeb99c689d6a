//! The contract's operation: who may call, reading, scoring, answering.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::access::Outcome;
use crate::app::App;
use crate::failure::Failure;
use crate::{Keys, answer, body, request};

pub(crate) async fn rerank(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, mut body) = request.into_parts();
    match serve(&app, &parts.headers, &mut body).await {
        Ok(response) => response,
        Err(failure) => {
            body::drain(&parts.headers, body).await;
            failure.into_response()
        }
    }
}

/// Cheap refusals first: nothing of a body is read for a caller that is not served.
async fn serve(app: &Arc<App>, headers: &HeaderMap, body: &mut Body) -> Result<Response, Failure> {
    check_key(headers, &app.settings.keys)?;
    body::check_type(headers)?;
    body::check_length(headers, &app.settings)?;
    let turn = timeout(app.settings.wait_time, app.requests.acquire()).await;
    let Ok(Ok(_under_way)) = turn else {
        return Err(Failure::too_many(app.settings.max_requests));
    };
    let _counted = app.metrics.under_way();
    let bytes = body::read(body, &app.settings).await?;
    match timeout(app.settings.work_time, work(app, bytes)).await {
        Ok(done) => done,
        Err(_) => Err(Failure::overloaded()),
    }
}

/// The key comes as `Bearer KEY` or alone; the service's documentation has both.
fn check_key(headers: &HeaderMap, keys: &Keys) -> Result<(), Failure> {
    if keys.is_empty() {
        return Ok(());
    }
    let given = headers
        .get(header::AUTHORIZATION)
        .ok_or_else(Failure::no_key)?;
    let given = given.as_bytes().trim_ascii();
    const SCHEME: &[u8] = b"bearer";
    let key = match given.split_at_checked(SCHEME.len()) {
        Some((scheme, key)) if scheme.eq_ignore_ascii_case(SCHEME) => key.trim_ascii_start(),
        _ => given,
    };
    if key.is_empty() {
        Err(Failure::no_key())
    } else if keys.contains(key) {
        Ok(())
    } else {
        Err(Failure::wrong_key())
    }
}

/// Reads, scores and answers where it holds up no other request, one request for each core.
async fn work(app: &Arc<App>, bytes: Vec<u8>) -> Result<Response, Failure> {
    let core = Arc::clone(&app.cores).acquire_owned().await;
    let core = core.map_err(|_| Failure::defect())?;
    let app = Arc::clone(app);
    let done = spawn_blocking(move || {
        // Held to the end, also when the caller has given up by then.
        let _core = core;
        ranked(&app, &bytes)
    });
    done.await.unwrap_or_else(|panic| {
        tracing::error!(%panic, "scoring a request failed");
        Err(Failure::defect())
    })
}

fn ranked(app: &App, bytes: &[u8]) -> Result<Response, Failure> {
    let request = request::read(bytes)?;
    let documents: Vec<_> = request.documents.iter().map(String::as_str).collect();
    let scored = app.scorer.score(&request.query, &documents);
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
    let answer = answer::answer(request, &scored);
    let outcome = Outcome {
        request_id: answer.request_id.clone().unwrap_or_default(),
        documents: counted,
        tokens: scored.prompt_tokens(),
        ..Outcome::default()
    };
    let mut response = body::json(StatusCode::OK, &answer);
    response.extensions_mut().insert(outcome);
    Ok(response)
}

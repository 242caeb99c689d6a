//! The contract's operation: who may call, reading, scoring, answering.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::access::{Outcome, shortened};
use crate::app::App;
use crate::failure::Failure;
use crate::held::held;
use crate::{Keys, answer, body, request};

pub(crate) async fn rerank(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, mut body) = request.into_parts();
    match serve(&app, &parts, &mut body).await {
        Ok(response) => response,
        Err(failure) => {
            body::drain(&parts.headers, body).await;
            failure.into_response()
        }
    }
}

/// Cheap refusals first: nothing of a body is read for a caller that is not served.
async fn serve(app: &Arc<App>, parts: &Parts, body: &mut Body) -> Result<Response, Failure> {
    let settings = &app.settings;
    check_key(&parts.headers, &settings.keys)?;
    body::check_type(&parts.headers)?;
    body::check_length(&parts.headers, settings.max_body)?;
    let received = body::read(body, app).await?;
    let place = app.place(&app.requests).await?;
    let place = (place, received.place, app.metrics.under_way());
    match timeout(settings.work_time, work(app, received.bytes)).await {
        Ok(done) => {
            let cut = parts.extensions.get().cloned();
            Ok(done?.map(|body| held(body, place, cut, settings.answer_time)))
        }
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
    // A key may begin with the letters of the scheme: only what stands apart is one.
    const SCHEME: &[u8] = b"bearer";
    let key = match given.split_at_checked(SCHEME.len()) {
        Some((scheme, key))
            if scheme.eq_ignore_ascii_case(SCHEME)
                && key.first().is_none_or(u8::is_ascii_whitespace) =>
        {
            key.trim_ascii_start()
        }
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
    // Why it failed may quote the texts: that is not for the log.
    done.await.unwrap_or_else(|_| {
        tracing::error!("scoring a request failed");
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
        request_id: shortened(answer.request_id.as_deref().unwrap_or_default()).to_owned(),
        documents: counted,
        tokens: scored.prompt_tokens(),
        ..Outcome::default()
    };
    let mut response = body::json(StatusCode::OK, &answer);
    response.extensions_mut().insert(outcome);
    Ok(response)
}

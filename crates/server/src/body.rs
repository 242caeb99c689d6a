//! Bodies: read within limits, written as JSON.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt;
use hyper::body::Body as _;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use crate::app::App;
use crate::failure::Failure;

/// Bodies of up to so many bytes are received from every connection at once.
const SMALL: usize = 64 << 10;
/// How much of an unwanted body is taken in, and for how long, so that its sender gets to
/// read the answer: a connection that is closed over unread bytes is reset.
const DRAINED: usize = 32 << 20;
const DRAIN_TIME: Duration = Duration::from_secs(2);

/// Refuses a body that is not plain JSON, as far as the headers tell. A missing type is
/// refused as well: what a page of another origin can send unasked has none, or another.
pub(crate) fn check_type(headers: &HeaderMap) -> Result<(), Failure> {
    let plain = |encoding: &HeaderValue| encoding.as_bytes().eq_ignore_ascii_case(b"identity");
    if !headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
        let what = "compressed bodies are not read: send it as it is, without Content-Encoding";
        return Err(Failure::unreadable(what));
    }
    let given = headers.get(header::CONTENT_TYPE);
    let given = given
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut parts = given.split(';').map(str::trim);
    if !parts
        .next()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
    {
        let what = "the body must be JSON: send the header Content-Type: application/json";
        return Err(Failure::unreadable(what));
    }
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    });
    if charset.is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        return Err(Failure::unreadable("the body must be in UTF-8"));
    }
    Ok(())
}

/// Refuses a body whose announced length is over the limit.
pub(crate) fn check_length(headers: &HeaderMap, limit: usize) -> Result<(), Failure> {
    let announced = headers.get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    // Without one it comes in chunks, and is counted as it comes.
    match announced {
        Some(length) if length > limit as u64 => Err(Failure::too_large(limit)),
        _ => Ok(()),
    }
}

/// A body, all of it.
pub(crate) struct Received {
    pub(crate) bytes: Vec<u8>,
    /// A large body's place among those, to be kept until it is answered: its answer may be as
    /// large.
    pub(crate) place: Option<OwnedSemaphorePermit>,
}

/// Reads a whole body, within the time for it.
pub(crate) async fn read(body: &mut Body, app: &App) -> Result<Received, Failure> {
    let whole = timeout(app.settings.body_time, collect(body, app)).await;
    whole.unwrap_or_else(|_| Err(Failure::too_slow()))
}

/// Copied into one piece as it comes: kept as it comes, a body of tiny chunks would take many
/// times its size.
async fn collect(body: &mut Body, app: &App) -> Result<Received, Failure> {
    let limit = app.settings.max_body;
    let mut bytes = Vec::new();
    let mut place = None;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Failure::cut_short())?;
        let data = frame.data_ref().map_or(&[][..], |data| data);
        let length = bytes.len() + data.len();
        if length > limit {
            return Err(Failure::too_large(limit));
        }
        if length > SMALL && place.is_none() {
            place = Some(app.place(&app.bodies).await?);
            let announced = body.size_hint().exact().unwrap_or_default();
            bytes.reserve_exact(data.len() + usize::try_from(announced).unwrap_or_default());
        }
        bytes.extend_from_slice(data);
    }
    Ok(Received { bytes, place })
}

/// Takes in what is left of a body that nobody wants.
pub(crate) async fn drain(headers: &HeaderMap, mut body: Body) {
    if headers.contains_key(header::EXPECT) {
        // The sender waits for the answer before it sends anything.
        return;
    }
    let all = async {
        let mut left = DRAINED;
        while let Some(Ok(frame)) = body.frame().await {
            let length = frame.data_ref().map_or(0, Bytes::len);
            match left.checked_sub(length) {
                Some(less) => left = less,
                None => return,
            }
        }
    };
    // Whoever is still sending then has had their time.
    let _ = timeout(DRAIN_TIME, all).await;
}

/// An answer with this value as its body.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    // The contract's types are always JSON; an answer without a body tells that one was not.
    let (status, body) = match serde_json::to_vec(value) {
        Ok(body) => (status, body),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, Vec::new()),
    };
    text(status, "application/json", body)
}

/// An answer with this body.
pub(crate) fn text(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

//! Reads bodies within limits of size, time and rate, or discards them.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use hyper::body::Body as _;
use tokio::time::{Instant, timeout, timeout_at};

use crate::address::Address;
use crate::buffer::Buffer;
use crate::failure::Failure;
use crate::io_error::io_error;
use crate::permits::Permit;
use crate::rate::Window;
use crate::state::{SMALL_BODY, State, held_units};

/// How much of a rejected body is read and discarded, and for how long. A connection that is closed
/// with unread bytes is reset, and its caller could not read the response.
const MAX_DRAINED: usize = 32 << 20;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// A complete body.
pub(crate) struct Received {
    pub(crate) bytes: Buffer,
    /// The permit of a large body. It is held until the response, which may be as large, has been
    /// read.
    pub(crate) permit: Option<Permit>,
}

/// Reads a complete body.
pub(crate) async fn receive(
    body: &mut Body,
    state: &State,
    address: Address,
) -> Result<Received, Failure> {
    let limit = state.settings.body_timeout;
    let whole = timeout(limit, collect(body, state, address)).await;
    whole.unwrap_or_else(|_| Err(Failure::body_timeout(limit)))
}

/// Copies the body into one buffer as it arrives. If its frames were kept, a body in tiny chunks
/// would use many times its size.
async fn collect(body: &mut Body, state: &State, address: Address) -> Result<Received, Failure> {
    let limit = state.settings.max_body;
    let mut bytes = Buffer::Small(Vec::new());
    let mut permit = None;
    let mut window = Window::new(&state.settings);
    while let Some(data) = next(body, &mut window).await? {
        let length = bytes.len().saturating_add(data.len());
        if length > limit {
            return Err(Failure::too_large(limit));
        }
        if length > SMALL_BODY && permit.is_none() {
            let announced = body.size_hint().exact();
            let rest = announced.and_then(|rest| usize::try_from(rest).ok());
            // A body in chunks may grow up to the limit.
            let whole = rest.map_or(limit, |rest| length.saturating_add(rest).min(limit));
            permit = Some(state.held_permit(address, whole).await?);
            bytes.enlarge(whole).map_err(no_memory)?;
            // The time of waiting does not count against the sender.
            window = Window::new(&state.settings);
        }
        bytes.push(&data).map_err(no_memory)?;
    }
    if let Some(permit) = &mut permit {
        permit.shrink(held_units(bytes.len()));
    }
    Ok(Received { bytes, permit })
}

fn no_memory(error: io::Error) -> Failure {
    tracing::error!(%error, "no memory for a body");
    Failure::too_much_held()
}

/// Returns the next bytes of a body, or `None` at its end.
async fn next(body: &mut Body, window: &mut Window) -> Result<Option<Bytes>, Failure> {
    loop {
        match timeout_at(window.end(), body.frame()).await {
            Ok(None) => return Ok(None),
            Ok(Some(Err(error))) => return Err(read_failed(&error)),
            Ok(Some(Ok(frame))) => {
                let data = frame.into_data().unwrap_or_default();
                window.count(data.len());
                // While bytes keep arriving, the timeout never fires.
                if Instant::now() >= window.end() {
                    check_rate(window)?;
                }
                return Ok(Some(data));
            }
            Err(_) => check_rate(window)?,
        }
    }
}

/// Returns the failure for a body that could not be read to its end.
fn read_failed(error: &axum::Error) -> Failure {
    match io_error(error).filter(|error| is_framing(error.kind())) {
        Some(reason) => Failure::invalid_chunks(reason),
        None => Failure::incomplete_body(),
    }
}

/// Returns whether the HTTP library uses this kind of error for invalid chunks.
fn is_framing(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
    )
}

fn check_rate(window: &mut Window) -> Result<(), Failure> {
    if window.restart() {
        Ok(())
    } else {
        Err(Failure::slow_body(window.rate(), window.length()))
    }
}

/// Reads and discards the rest of a rejected body.
pub(crate) async fn drain(headers: &HeaderMap, mut body: Body) {
    if headers.contains_key(header::EXPECT) {
        // The caller waits for the response before it sends the body.
        return;
    }
    let all = async {
        let mut left = MAX_DRAINED;
        while let Some(Ok(frame)) = body.frame().await {
            let length = frame.data_ref().map_or(0, Bytes::len);
            match left.checked_sub(length) {
                Some(less) => left = less,
                None => return,
            }
        }
    };
    // After the timeout, the connection may be reset.
    let _ = timeout(DRAIN_TIMEOUT, all).await;
}

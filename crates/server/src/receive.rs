//! Receives bodies within limits of size, time and rate, or drains unwanted ones.

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

/// The most bytes and time for draining an unwanted body, so that its sender can read the response:
/// a connection that is closed with unread bytes is reset.
const DRAINED: usize = 32 << 20;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// A whole body.
pub(crate) struct Received {
    pub(crate) bytes: Buffer,
    /// The permit of a large body, held until its response is read, which may be as large.
    pub(crate) permit: Option<Permit>,
}

/// Reads a whole body.
pub(crate) async fn receive(
    body: &mut Body,
    state: &State,
    address: Address,
) -> Result<Received, Failure> {
    let limit = state.settings.body_timeout;
    let whole = timeout(limit, collect(body, state, address)).await;
    whole.unwrap_or_else(|_| Err(Failure::body_timeout(limit)))
}

/// Chunks are copied into one buffer: kept separately, tiny chunks would take many times the size
/// of the body.
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
            // A body in chunks may become as large as the limit.
            let whole = rest.map_or(limit, |rest| length.saturating_add(rest).min(limit));
            permit = Some(state.held_permit(address, whole).await?);
            bytes.enlarge(whole).map_err(no_memory)?;
            // The sender did not cause the wait.
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
            Ok(Some(Err(error))) => return Err(not_read(&error)),
            Ok(Some(Ok(frame))) => {
                let data = frame.into_data().unwrap_or_default();
                window.count(data.len());
                // If bytes were always available, the window would never end.
                if Instant::now() >= window.end() {
                    end(window)?;
                }
                return Ok(Some(data));
            }
            Err(_) => end(window)?,
        }
    }
}

/// The reason why a body could not be read to its end.
fn not_read(error: &axum::Error) -> Failure {
    match io_error(error).filter(|error| is_framing(error.kind())) {
        Some(reason) => Failure::invalid_chunks(reason),
        None => Failure::cut_short(),
    }
}

/// The I/O error kinds that the HTTP library uses for invalid chunks.
fn is_framing(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
    )
}

fn end(window: &mut Window) -> Result<(), Failure> {
    if window.restart() {
        Ok(())
    } else {
        Err(Failure::slow_body(window.rate(), window.length()))
    }
}

/// Drains the rest of an unwanted body.
pub(crate) async fn drain(headers: &HeaderMap, mut body: Body) {
    if headers.contains_key(header::EXPECT) {
        // The sender waits for the response before it sends the body.
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
    // A caller that is still sending has had its time.
    let _ = timeout(DRAIN_TIMEOUT, all).await;
}

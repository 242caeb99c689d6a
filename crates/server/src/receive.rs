//! Bodies as they come: within limits of size, time and rate, or taken in and dropped.

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

/// How much of an unwanted body is taken in, and for how long, so that its sender gets to
/// read the response: a connection that is closed over unread bytes is reset.
const DRAINED: usize = 32 << 20;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// A body, all of it.
pub(crate) struct Received {
    pub(crate) bytes: Buffer,
    /// What a large body holds until its response is read, which may be as large.
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

/// Copied into one piece as it comes: kept as it comes, a body of tiny chunks would take many
/// times its size.
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
            // One that comes in chunks may become as large as is allowed.
            let whole = rest.map_or(limit, |rest| length.saturating_add(rest).min(limit));
            permit = Some(state.held_permit(address, whole).await?);
            bytes.enlarge(whole).map_err(no_memory)?;
            // The wait was not the sender's.
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

/// The next bytes of a body, or none at its end.
async fn next(body: &mut Body, window: &mut Window) -> Result<Option<Bytes>, Failure> {
    loop {
        match timeout_at(window.end(), body.frame()).await {
            Ok(None) => return Ok(None),
            Ok(Some(Err(error))) => return Err(not_read(&error)),
            Ok(Some(Ok(frame))) => {
                let data = frame.into_data().unwrap_or_default();
                window.count(data.len());
                // Bytes that are always there would never let the window end.
                if Instant::now() >= window.end() {
                    end(window)?;
                }
                return Ok(Some(data));
            }
            Err(_) => end(window)?,
        }
    }
}

/// Why a body could not be read to its end.
fn not_read(error: &axum::Error) -> Failure {
    match io_error(error).filter(|error| is_framing(error.kind())) {
        Some(reason) => Failure::invalid_chunks(reason),
        None => Failure::cut_short(),
    }
}

/// The kinds that the HTTP library gives to chunks that it cannot read.
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

/// Takes in what is left of a body that nobody wants.
pub(crate) async fn drain(headers: &HeaderMap, mut body: Body) {
    if headers.contains_key(header::EXPECT) {
        // The sender waits for the response before it sends anything.
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
    let _ = timeout(DRAIN_TIMEOUT, all).await;
}

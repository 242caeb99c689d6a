//! A response body that keeps the permits of its request until the caller has read it.
//!
//! Responses can be megabytes. If permits were released when a response is ready, callers that
//! never read could make the server keep any number of responses.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// The bytes that are handed over at once: more than the response to a small body.
const PIECE: usize = 96 << 10;

/// Closes the connection of a request.
#[derive(Clone, Default)]
pub(crate) struct Abort(Arc<Notify>);

impl Abort {
    pub(crate) fn request(&self) {
        self.0.notify_one();
    }

    /// Waits until the connection must close.
    pub(crate) async fn requested(&self) {
        self.0.notified().await;
    }
}

/// A body that is handed over piece by piece; `guard` is dropped with the last one.
pub(crate) struct GuardedBody<T> {
    inner: Body,
    rest: Bytes,
    _guard: T,
    /// Closes the connection at the deadline, unless dropped before.
    _deadline: JoinSet<()>,
}

impl<T: Send + Unpin + 'static> GuardedBody<T> {
    /// The body, which keeps `guard` until its last piece is handed over or it is dropped.
    pub(crate) fn wrap(body: Body, guard: T) -> Body {
        Body::new(Self {
            inner: body,
            rest: Bytes::new(),
            _guard: guard,
            _deadline: JoinSet::new(),
        })
    }

    /// As `wrap`, but the connection ends if that takes longer than `timeout`.
    pub(crate) fn wrap_with_timeout(body: Body, guard: T, abort: Abort, timeout: Duration) -> Body {
        let mut deadline = JoinSet::new();
        deadline.spawn(async move {
            sleep(timeout).await;
            tracing::debug!("reading a response timed out");
            abort.request();
        });
        Body::new(Self {
            inner: body,
            rest: Bytes::new(),
            _guard: guard,
            _deadline: deadline,
        })
    }
}

impl<T: Unpin> HttpBody for GuardedBody<T> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.inner).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                end => return Poll::Ready(end),
            }
        }
        let piece = if self.rest.len() <= PIECE {
            std::mem::take(&mut self.rest)
        } else {
            // Copied, since a slice would keep the whole buffer.
            Bytes::copy_from_slice(&self.rest.split_to(PIECE))
        };
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let inner = self.inner.size_hint();
        let rest = self.rest.len() as u64;
        let mut hint = SizeHint::new();
        hint.set_lower(inner.lower().saturating_add(rest));
        if let Some(upper) = inner.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint
    }
}

//! A response body that holds a permit until its caller has read it.
//!
//! A response can have several megabytes. If permits were released when a response is ready,
//! callers that never read could make the server hold any number of responses.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// The maximum size of a frame in bytes. It is larger than the response to a small body.
const FRAME: usize = 96 << 10;

/// Closes the connection of a request.
#[derive(Clone, Default)]
pub(crate) struct Abort(Arc<Notify>);

impl Abort {
    pub(crate) fn request(&self) {
        self.0.notify_one();
    }

    /// Waits until the connection must be closed.
    pub(crate) async fn requested(&self) {
        self.0.notified().await;
    }
}

/// A body in frames of limited size, with a guard that is dropped when the body is.
pub(crate) struct GuardedBody<T> {
    inner: Body,
    rest: Bytes,
    _guard: T,
    /// Closes the connection at the deadline; dropping it cancels that.
    _deadline: JoinSet<()>,
}

impl<T: Send + Unpin + 'static> GuardedBody<T> {
    /// Returns the body with `guard`, which is dropped after the last frame or with the body.
    pub(crate) fn wrap(body: Body, guard: T) -> Body {
        Body::new(Self {
            inner: body,
            rest: Bytes::new(),
            _guard: guard,
            _deadline: JoinSet::new(),
        })
    }

    /// Like `wrap`, and closes the connection if that takes longer than `timeout`.
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
        let frame = if self.rest.len() <= FRAME {
            std::mem::take(&mut self.rest)
        } else {
            // A slice would keep all of the response in memory, so this copies.
            Bytes::copy_from_slice(&self.rest.split_to(FRAME))
        };
        Poll::Ready(Some(Ok(Frame::data(frame))))
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

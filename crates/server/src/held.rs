//! An answer that keeps its request's place until its caller has taken it.
//!
//! Answers can be megabytes. Were the place given up when the answer is ready, callers that
//! never read could have any number of answers held for them.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// What is handed over at once: the most that is kept of an answer whose place is given up.
const PIECE: usize = 64 << 10;

/// Ends the connection that a request came on.
#[derive(Clone, Default)]
pub(crate) struct Cut(Arc<Notify>);

impl Cut {
    /// Waits until the connection is to end.
    pub(crate) async fn wanted(&self) {
        self.0.notified().await;
    }
}

/// A body that is handed over piece by piece; `place` is dropped with the last one.
struct Held<T> {
    inner: Body,
    rest: Bytes,
    _place: T,
    /// Cuts the connection at the deadline; is called off when this is dropped.
    _deadline: JoinSet<()>,
}

/// The body, which keeps `place` while its caller reads it, but no longer than `time`. One that
/// is handed over at once gives it up.
pub(crate) fn held<T: Send + Unpin + 'static>(
    body: Body,
    place: T,
    cut: Option<Cut>,
    time: Duration,
) -> Body {
    if body
        .size_hint()
        .upper()
        .is_some_and(|size| size <= PIECE as u64)
    {
        return body;
    }
    let mut deadline = JoinSet::new();
    if let Some(Cut(cut)) = cut {
        deadline.spawn(async move {
            sleep(time).await;
            tracing::debug!("a caller took too long to read its answer");
            cut.notify_one();
        });
    }
    Body::new(Held {
        inner: body,
        rest: Bytes::new(),
        _place: place,
        _deadline: deadline,
    })
}

impl<T: Unpin> HttpBody for Held<T> {
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
            // Copied: a part of the whole would keep all of it.
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
        hint.set_lower(inner.lower() + rest);
        if let Some(upper) = inner.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

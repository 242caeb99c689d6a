//! The batches of a call: packed, sent with bounded concurrency, and scored.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::Either;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::batch_request::Shared;
use crate::isolation::Isolation;
use crate::outcome::Outcome;
use crate::pack::Packed;
use crate::pieces::Piece;
use crate::retry_loop::cancelled;
use crate::settings::Settings;
use crate::{Backend, Hit, RefusedDocument, Scale, Usage};

/// The scores of one request of a call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Batch<'a, D> {
    /// The documents of this batch, in the order of the response. A long document that was split
    /// may be in more than one batch, and more than once in each.
    pub hits: Vec<Hit<'a, D>>,
    /// The scale of the scores.
    pub scale: Scale,
    /// The documents that the service refused; see
    /// [`RefusedDocuments::Skip`](crate::RefusedDocuments::Skip).
    pub refused: Vec<RefusedDocument<'a, D>>,
    /// The tokens that this batch used; `None` if a response did not say.
    pub usage: Option<Usage>,
    /// The ids of its requests: one, unless documents were refused.
    pub request_ids: Vec<String>,
}

/// A batch that has not been sent yet.
struct Unsent<'a> {
    pieces: Vec<Piece<'a>>,
    request_id: String,
    /// The number of results to return; 0 for all.
    top_n: usize,
}

/// The request, and the backend that it is sent to.
pub(crate) struct Work<'a, P> {
    pub(crate) backend: Arc<dyn Backend>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) query: &'a str,
    pub(crate) pieces: P,
    /// Tokens of the budget beyond the estimate of the call.
    pub(crate) spare: usize,
}

/// Sends the batches of a call. Once a batch has failed permanently, no further batch is sent.
/// Batches in flight are awaited, because they are charged in any case.
pub(crate) fn send<'a, P>(work: Work<'a, P>) -> (Scale, impl Stream<Item = Outcome> + Send + 'a)
where
    P: Iterator<Item = Piece<'a>> + Send + 'a,
{
    let settings = work.settings;
    let mut packed = Packed::new(work.pieces, settings.limits, work.query).peekable();
    let first = packed.next();
    let is_one = packed.peek().is_none();
    let scale = settings.scale_of(is_one);
    let shared = Arc::new(Shared {
        backend: work.backend,
        query: work.query,
        scale,
        deadline: after(settings.timeout),
        settings,
        spare: AtomicUsize::new(work.spare),
        accepted: AtomicBool::new(false),
        failed: AtomicBool::new(false),
        probing: Mutex::new(()),
    });
    let outcomes = match first {
        Some(pieces) if is_one => {
            let batch = only(&shared.settings, pieces);
            // Boxed, as it is moved with the stream several times.
            Either::Left(stream::once(Box::pin(score(shared, batch))))
        }
        first => Either::Right(several(shared, first.into_iter().chain(packed))),
    };
    (scale, outcomes)
}

/// Returns the only batch of the call.
fn only<'a>(settings: &Settings, pieces: Vec<Piece<'a>>) -> Unsent<'a> {
    Unsent {
        pieces,
        request_id: settings.only_id(),
        // A document that is split into several texts may need more texts than results.
        top_n: if settings.splits() { 0 } else { settings.top_n },
    }
}

/// Scores the batches of a call that has several batches, or none.
fn several<'a>(
    shared: Arc<Shared<'a>>,
    batches: impl Iterator<Item = Vec<Piece<'a>>> + Send + 'a,
) -> impl Stream<Item = Outcome> + Send + 'a {
    let concurrency = shared.settings.concurrency;
    let skipped = Arc::new(AtomicBool::new(false));
    let (skipping, sending) = (Arc::clone(&skipped), Arc::clone(&shared));
    let batches = batches.enumerate().take_while(move |_| {
        // Asked once for each, so that a batch that is not sent is always reported.
        let is_cancelled = sending.settings.is_cancelled();
        skipping.store(is_cancelled, Ordering::Relaxed);
        !is_cancelled && !sending.failed.load(Ordering::Relaxed)
    });
    let interrupted = stream::once(async move { skipped.load(Ordering::Relaxed) })
        .filter_map(async |skipped| skipped.then(|| Outcome::failed(cancelled())));
    stream::iter(batches)
        .map(move |(number, pieces)| {
            let batch = Unsent {
                request_id: shared.settings.batch_id(number),
                pieces,
                top_n: 0,
            };
            score(Arc::clone(&shared), batch)
        })
        .buffer_unordered(concurrency)
        .chain(interrupted)
}

/// Scores a batch, without the documents that the service refuses if the call skips those.
async fn score(shared: Arc<Shared<'_>>, batch: Unsent<'_>) -> Outcome {
    if shared.settings.is_cancelled() {
        return Outcome::failed(cancelled());
    }
    let Unsent {
        pieces,
        request_id,
        top_n,
    } = batch;
    // The ids of further requests are derived from it.
    let id = shared.settings.skips().then(|| request_id.clone());
    let outcome = match (shared.exchange(&pieces, request_id, top_n).await, id) {
        (Ok(scored), _) => scored.into(),
        (Err(error), Some(id)) if error.is_refusal_of_documents() => {
            let isolation = Isolation::new(&shared, id);
            // Boxed, so that the common path does not carry its size.
            Box::pin(isolation.run(pieces, error, top_n)).await
        }
        (Err(error), _) => Outcome::failed(error),
    };
    let has_failed = outcome.failure.is_some();
    shared.failed.fetch_or(has_failed, Ordering::Relaxed);
    outcome
}

/// Returns the instant after a timeout from now; a timeout beyond a century is a century.
fn after(timeout: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(3_155_760_000);
    let now = Instant::now();
    now.checked_add(timeout.min(CENTURY)).unwrap_or(now)
}

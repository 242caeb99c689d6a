//! The parts of a call: each one request, sent until it succeeds or fails for good.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use backon::Retryable as _;
use bigmodel_rerank_api::types::RerankRequest;
use futures_util::future::Either;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use crate::call::Settings;
use crate::check::{checked, of_this_request};
use crate::pack::{Packed, Piece};
use crate::seconds::seconds;
use crate::{Backend, BackendResponse, Error, ErrorKind, Hit, Scale, Usage, retry};

/// One request's worth of a call, answered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Batch<'a, D> {
    /// The documents of this part, in the order of its answer. A long document that was split
    /// may be in more than one part, and more than once in each.
    pub hits: Vec<Hit<'a, D>>,
    /// Which scale the scores are on.
    pub scale: Scale,
    /// What this part cost.
    pub usage: Usage,
    /// The id of its request.
    pub request_id: String,
}

/// An answered part: documents by their index.
pub(crate) struct Scored {
    pub(crate) scores: Vec<(usize, f32)>,
    pub(crate) scale: Scale,
    pub(crate) usage: Usage,
    pub(crate) request_id: String,
}

/// What all parts of a call share.
#[derive(Clone)]
struct Shared<'a> {
    backend: Arc<dyn Backend>,
    settings: Arc<Settings>,
    query: &'a str,
    /// The scale of the whole call: whether it is one part or more decides it.
    scale: Scale,
    deadline: Instant,
}

/// A part before it is sent.
struct Unsent<'a> {
    pieces: Vec<Piece<'a>>,
    request_id: String,
    /// How many results are asked for; 0 for all.
    top_n: usize,
}

/// Sends the parts of a call, so many at once. Once one has failed for good, no further one is
/// sent; those under way are awaited, as they are charged in any case.
pub(crate) fn send<'a>(
    backend: Arc<dyn Backend>,
    settings: Settings,
    query: &'a str,
    pieces: impl Iterator<Item = Piece<'a>> + Send + 'a,
) -> impl Stream<Item = Result<Scored, Error>> + Send + 'a {
    let mut packed = Packed::new(pieces, settings.limits, query).peekable();
    let first = packed.next();
    let is_one = packed.peek().is_none();
    let shared = Shared {
        backend,
        query,
        scale: settings.scale_of(is_one),
        deadline: after(settings.timeout),
        settings: Arc::new(settings),
    };
    match first {
        Some(pieces) if is_one => Either::Left(stream::once(only(shared, pieces))),
        first => Either::Right(several(shared, first.into_iter().chain(packed))),
    }
}

/// The one part that is the whole call.
async fn only(shared: Shared<'_>, pieces: Vec<Piece<'_>>) -> Result<Scored, Error> {
    let settings = &shared.settings;
    if settings.stop.is_cancelled() {
        return Err(interrupted());
    }
    let part = Unsent {
        pieces,
        request_id: settings.only_id(),
        // A document that is several texts may need more of them than results.
        top_n: if settings.splits() { 0 } else { settings.top_n },
    };
    answered(&shared, part).await
}

/// The parts of a call that takes several, or none.
fn several<'a>(
    shared: Shared<'a>,
    parts: impl Iterator<Item = Vec<Piece<'a>>> + Send + 'a,
) -> impl Stream<Item = Result<Scored, Error>> + Send + 'a {
    let concurrency = shared.settings.concurrency.max(1);
    let stop = shared.settings.stop.clone();
    let failed = Arc::new(AtomicBool::new(false));
    let going = Arc::clone(&failed);
    let left_out = Arc::new(AtomicBool::new(false));
    let leaving_out = Arc::clone(&left_out);
    let parts = parts.enumerate().take_while(move |_| {
        // Asked once: what is left out has to be told.
        let stopped = stop.is_cancelled();
        leaving_out.store(stopped, Ordering::Relaxed);
        !stopped && !going.load(Ordering::Relaxed)
    });
    let interrupted = stream::once(async move { left_out.load(Ordering::Relaxed) })
        .filter_map(async |left_out| left_out.then(|| Err(interrupted())));
    stream::iter(parts)
        .map(move |(number, pieces)| {
            let part = Unsent {
                request_id: shared.settings.id_of(number),
                pieces,
                top_n: 0,
            };
            let (shared, failed) = (shared.clone(), Arc::clone(&failed));
            async move {
                let answered = answered(&shared, part).await;
                failed.fetch_or(answered.is_err(), Ordering::Relaxed);
                answered
            }
        })
        .buffer_unordered(concurrency)
        .chain(interrupted)
}

/// Sends a part until it succeeds, fails for good, or the time is up.
async fn answered(shared: &Shared<'_>, part: Unsent<'_>) -> Result<Scored, Error> {
    let request = shared.request(&part);
    let cache = shared.settings.response_cache.as_deref();
    let sent = part.pieces.len();
    let wanted = match part.top_n {
        0 => sent,
        top_n => sent.min(top_n),
    };
    let kept = cache.and_then(|cache| {
        let answer = cache.get(&request)?;
        let scores = checked(&answer, sent, wanted).ok()?;
        Some((answer, scores))
    });
    if let Some((answer, scores)) = kept {
        tracing::debug!(documents = sent, "a part was ranked before");
        let kept = shared.scored(part, &answer, scores);
        // The one under which it was asked for.
        let request_id = answer.request_id.unwrap_or(kept.request_id);
        return Ok(Scored { request_id, ..kept });
    }
    let mut attempts = 0;
    let stop = &shared.settings.stop;
    let stopping = stop.clone();
    let attempt = || {
        attempts += 1;
        async {
            if stop.is_cancelled() {
                return Err(interrupted());
            }
            let answer = shared.backend.rerank(&request).await;
            let answer = of_this_request(answer, &request)?;
            let scores = checked(&answer, sent, wanted)?;
            Ok((answer, scores))
        }
    };
    let retried = attempt
        .retry(shared.settings.retry.delays_with_jitter())
        // Whoever stops does not wait for a time to try again.
        .sleep(move |delay| {
            let stop = stopping.clone();
            async move {
                tokio::select! {
                    () = sleep(delay) => {}
                    () = stop.cancelled() => {}
                }
            }
        })
        .when(|error: &Error| error.is_transient())
        .adjust(|error, drawn| {
            retry::adjusted(error, drawn, shared.deadline.saturating_duration_since(Instant::now()))
        })
        .notify(|error, delay| {
            tracing::warn!(kind = ?error.kind(), code = error.code(), ?delay, request_id = part.request_id, "to be sent again");
        });
    let done = match timeout_at(shared.deadline, retried).await {
        Ok(done) => done,
        Err(_) => Err(late(shared.settings.timeout)),
    };
    let (mut answer, scores) = done.map_err(|error| {
        let indices: Vec<_> = part.pieces.iter().map(|piece| piece.document).collect();
        let left = shared.deadline.saturating_duration_since(Instant::now());
        retry::given_up(error, shared.settings.retry, attempts, left)
            .after(attempts)
            .about(&part.request_id)
            .about_documents(&indices)
    })?;
    tracing::debug!(
        documents = sent,
        attempts,
        tokens = answer.usage.map(|usage| usage.total_tokens),
        request_id = part.request_id,
        "a part was ranked"
    );
    if let Some(cache) = cache {
        answer.request_id = Some(part.request_id.clone());
        cache.put(&request, &answer);
    }
    Ok(shared.scored(part, &answer, scores))
}

/// The end of this time from now; what is beyond a century is a century.
fn after(time: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(3_155_760_000);
    Instant::now() + time.min(CENTURY)
}

fn late(timeout: Duration) -> Error {
    Error::new(
        ErrorKind::Transport,
        format!("timed out after {}", seconds(timeout)),
    )
}

fn interrupted() -> Error {
    let problem = "stopped before all of its requests were sent";
    Error::new(ErrorKind::Cancelled, problem)
}

impl Shared<'_> {
    fn scored(
        &self,
        part: Unsent<'_>,
        answer: &BackendResponse,
        scores: Vec<(usize, f32)>,
    ) -> Scored {
        let of_document = |(at, score): (usize, f32)| Some((part.pieces.get(at)?.document, score));
        Scored {
            scores: scores.into_iter().filter_map(of_document).collect(),
            scale: self.scale,
            usage: answer.usage.unwrap_or_default(),
            request_id: part.request_id,
        }
    }

    fn request(&self, part: &Unsent<'_>) -> RerankRequest {
        let texts = part.pieces.iter().map(|piece| piece.text);
        let model = self.settings.model.clone();
        let mut request =
            RerankRequest::new(model, self.query, texts).request_id(part.request_id.as_str());
        if self.scale == Scale::Raw {
            request = request.return_raw_scores(true);
        }
        if part.top_n > 0 {
            request.top_n = i64::try_from(part.top_n).ok();
        }
        request.user_id.clone_from(&self.settings.user_id);
        request
    }
}

fn made_id() -> String {
    Uuid::new_v4().to_string()
}

impl Settings {
    /// The scale of a call: parts are merged on raw scores, unless told otherwise.
    pub(crate) fn scale_of(&self, is_one: bool) -> Scale {
        if is_one {
            self.scale
        } else {
            self.merge_on.max(self.scale)
        }
    }

    /// The id of the only part.
    fn only_id(&self) -> String {
        self.request_id.clone().unwrap_or_else(made_id)
    }

    /// The id of one of several parts.
    fn id_of(&self, number: usize) -> String {
        match &self.request_id {
            Some(id) => format!("{id}-{}", number + 1),
            None => made_id(),
        }
    }
}

//! One call: what is ranked, its settings, and the await.

use std::fmt;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bigmodel_rerank_api::types::{Model, RerankRequest};
use bigmodel_rerank_api::validation::Validate as _;
use futures_util::{Stream, StreamExt as _};

use crate::batches::{self, Batch};
use crate::long_documents::MOST_CHARACTERS;
use crate::merge::Merged;
use crate::pack::{Packed, Piece};
use crate::{
    Backend, CancellationToken, Error, ErrorKind, Estimate, Hit, Limits, LongDocuments, Ranking,
    ResponseCache, Retry, Scale,
};

/// How many documents that are too long one message names.
const NAMED: usize = 5;

/// Counts the tokens of a text.
pub(crate) type TokenCounter = Arc<dyn Fn(&str) -> usize + Send + Sync>;

/// Is told how far a call is.
pub(crate) type Watcher = Arc<dyn Fn(Progress) + Send + Sync>;

/// How far a call is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Requests that were answered.
    pub requests: usize,
    /// Texts in them: documents, or windows of long ones.
    pub texts: usize,
    /// Tokens that they took, as the service counted them.
    pub tokens: i64,
}

/// What a call goes by: the client's settings, and what the call says otherwise.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) model: Model,
    pub(crate) user_id: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) top_n: usize,
    pub(crate) scale: Scale,
    pub(crate) merge_on: Scale,
    pub(crate) limits: Limits,
    pub(crate) long_documents: LongDocuments,
    pub(crate) concurrency: usize,
    pub(crate) retry: Retry,
    pub(crate) timeout: Duration,
    pub(crate) budget: Option<usize>,
    pub(crate) count_tokens: TokenCounter,
    pub(crate) watcher: Option<Watcher>,
    pub(crate) response_cache: Option<Arc<dyn ResponseCache>>,
    pub(crate) stop: CancellationToken,
}

impl Settings {
    /// Whether a document may be sent as more than one text.
    pub(crate) fn splits(&self) -> bool {
        matches!(self.long_documents, LongDocuments::Split { .. })
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            model: Model::Rerank,
            user_id: None,
            request_id: None,
            top_n: 0,
            scale: Scale::Normalized,
            merge_on: Scale::Raw,
            limits: Limits::default(),
            long_documents: LongDocuments::default(),
            concurrency: 4,
            retry: Retry::default(),
            timeout: Duration::from_secs(120),
            budget: None,
            count_tokens: Arc::new(crate::approximate_tokens),
            watcher: None,
            response_cache: None,
            stop: CancellationToken::new(),
        }
    }
}

/// A call that is being put together; awaiting it makes it.
///
/// ```no_run
/// # async fn run(reranker: bigmodel_rerank::Reranker) -> Result<(), bigmodel_rerank::Error> {
/// # let documents = ["a"];
/// let best = reranker.rerank("query", &documents).top_n(3).raw_scores().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is made when it is awaited"]
#[derive(Clone)]
pub struct Rerank<'a, D> {
    backend: Arc<dyn Backend>,
    settings: Settings,
    query: &'a str,
    documents: &'a [D],
}

impl<'a, D: AsRef<str> + Sync> Rerank<'a, D> {
    pub(crate) fn new(
        backend: Arc<dyn Backend>,
        settings: Settings,
        query: &'a str,
        documents: &'a [D],
    ) -> Self {
        Self {
            backend,
            settings,
            query,
            documents,
        }
    }

    /// Only the best so many; 0, the default, means all.
    pub fn top_n(mut self, top_n: usize) -> Self {
        self.settings.top_n = top_n;
        self
    }

    /// Scores as the model gives them: without bounds, and telling apart what normalized ones
    /// do not.
    pub fn raw_scores(mut self) -> Self {
        self.settings.scale = Scale::Raw;
        self
    }

    /// What the scores of several requests are merged on; raw ones by default, as nothing says
    /// that normalized ones of two requests compare. It is the scale of the ranking as well.
    pub fn merge_on(mut self, scale: Scale) -> Self {
        self.settings.merge_on = scale;
        self
    }

    /// An id for the request, different for each call; by default one is made. Where a call
    /// takes several requests, `-1`, `-2` and so on are added.
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.settings.request_id = Some(id.into());
        self
    }

    /// The end user on whose behalf the call is made, 6 to 128 characters.
    pub fn user_id(mut self, id: impl Into<String>) -> Self {
        self.settings.user_id = Some(id.into());
        self
    }

    /// The most that goes into one request.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// What is done about documents of more than 4096 characters.
    pub fn long_documents(mut self, what: LongDocuments) -> Self {
        self.settings.long_documents = what;
        self
    }

    /// How many requests are under way at once; at least 1.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.settings.concurrency = requests;
        self
    }

    /// How often and after how long a failed request is sent again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// How long the whole call may take, with all that is sent again.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// The most tokens that the call may take, as estimated; one beyond is refused before
    /// anything is sent.
    pub fn budget(mut self, tokens: usize) -> Self {
        self.settings.budget = Some(tokens);
        self
    }

    /// Calls `watch` after each answer, for showing progress; [`estimate`](Self::estimate)
    /// tells how many there will be.
    pub fn on_progress(mut self, watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.settings.watcher = Some(Arc::new(watch));
        self
    }

    /// Once `stop` is told to, no further request is sent. Those under way are awaited, as they
    /// are charged in any case; then the call fails with what was done attached, unless that
    /// is all.
    pub fn cancel_on(mut self, stop: &CancellationToken) -> Self {
        self.settings.stop = stop.clone();
        self
    }

    /// What the call would send, and be charged for. Nothing is sent.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let count = &self.settings.count_tokens;
        let query = count(self.query);
        let mut estimate = Estimate::default();
        for part in Packed::new(self.pieces(), self.settings.limits, self.query) {
            estimate.requests += 1;
            estimate.texts += part.len();
            estimate.tokens = part.iter().fold(estimate.tokens, |sum, piece| {
                let text = query.saturating_add(count(piece.text));
                sum.saturating_add(text)
            });
        }
        estimate
    }

    /// The answers of the call's requests as they come, not merged: for rankings that are never
    /// held as a whole. After an error, those that were under way
    /// still come; then it ends.
    pub fn batches(self) -> impl Stream<Item = Result<Batch<'a, D>, Error>> + Send + 'a {
        let documents = self.documents;
        let checked = self.check();
        let scored = checked.is_ok().then(|| self.scored());
        let refused = futures_util::stream::iter(checked.err().map(Err));
        let answered = futures_util::stream::iter(scored).flatten();
        refused.chain(answered.map(move |part| {
            let part = part?;
            let hit = |(index, score): (usize, f32)| {
                let item = documents.get(index)?;
                Some(Hit { score, index, item })
            };
            Ok(Batch {
                hits: part.scores.into_iter().filter_map(hit).collect(),
                scale: part.scale,
                usage: part.usage,
                request_id: part.request_id,
            })
        }))
    }

    fn scored(self) -> impl Stream<Item = Result<batches::Scored, Error>> + Send + 'a {
        let pieces = self.pieces();
        batches::send(self.backend, self.settings, self.query, pieces)
    }

    fn pieces(&self) -> impl Iterator<Item = Piece<'a>> + Send + use<'a, D> {
        let how = self.settings.long_documents;
        let documents = self.documents.iter().enumerate();
        documents.flat_map(move |(document, item)| {
            let pieces = how.pieces(item.as_ref());
            pieces.map(move |text| Piece { document, text })
        })
    }

    /// What can be told before anything is sent.
    fn check(&self) -> Result<(), Error> {
        let mut probe = RerankRequest::new(self.settings.model.clone(), self.query, [""; 0]);
        probe.user_id.clone_from(&self.settings.user_id);
        probe.validate().map_err(|broken| {
            Error::new(ErrorKind::InvalidRequest, broken.to_string()).caused_by(broken)
        })?;
        if self.settings.long_documents == LongDocuments::Reject {
            self.check_lengths()?;
        }
        let Some(budget) = self.settings.budget else {
            return Ok(());
        };
        let tokens = self.estimate().tokens;
        if tokens > budget {
            let problem =
                format!("about {tokens} tokens, and the budget is {budget}; nothing was sent");
            return Err(Error::new(ErrorKind::Budget, problem));
        }
        Ok(())
    }

    fn check_lengths(&self) -> Result<(), Error> {
        let lengths = self
            .documents
            .iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let text = item.as_ref();
                // Every character takes a byte at least.
                let length = if text.len() > MOST_CHARACTERS {
                    text.chars().count()
                } else {
                    0
                };
                (length > MOST_CHARACTERS).then_some((index, length))
            });
        let mut message = String::new();
        let mut more = 0_usize;
        for (found, (index, length)) in lengths.enumerate() {
            if found < NAMED {
                message += &format!(
                    "documents[{index}]: {length} characters, at most {MOST_CHARACTERS}; "
                );
            } else {
                more += 1;
            }
        }
        if message.is_empty() {
            return Ok(());
        }
        if more > 0 {
            message += &format!("and {more} more; ");
        }
        message += "truncate or split long documents, or leave them out";
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    async fn run(self) -> Result<Ranking<'a, D>, Error> {
        self.check()?;
        let (documents, top_n) = (self.documents, self.settings.top_n);
        let watcher = self.settings.watcher.clone();
        let mut progress = Progress::default();
        let mut scale = self.settings.scale;
        let mut merged = Merged::new(documents.len());
        let mut failure = None;
        let mut scored = pin!(self.scored());
        while let Some(part) = scored.next().await {
            match part {
                Ok(part) => {
                    scale = part.scale;
                    progress.requests += 1;
                    progress.texts += part.scores.len();
                    progress.tokens = progress.tokens.saturating_add(part.usage.total_tokens);
                    merged.add(part);
                    if let Some(watcher) = &watcher {
                        watcher(progress);
                    }
                }
                Err(error) => {
                    failure.get_or_insert(error);
                }
            }
        }
        match failure {
            None => Ok(merged.into_ranking(documents, scale, top_n)),
            Some(error) if merged.is_empty() => Err(error),
            Some(error) => Err(error.with_partial(merged.into_partial())),
        }
    }
}

impl<'a, D: AsRef<str> + Sync> IntoFuture for Rerank<'a, D> {
    type Output = Result<Ranking<'a, D>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Counts only: texts are private.
impl<D> fmt::Debug for Rerank<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rerank")
            .field("documents", &self.documents.len())
            .finish_non_exhaustive()
    }
}

//! One call: its documents and settings, and how it runs.

use std::fmt;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bigmodel_rerank_api::types::Model;
use futures_util::{Stream, StreamExt as _, stream};

use crate::batches::{self, Batch, Work};
use crate::merge::Merged;
use crate::outcome::Outcome;
use crate::pack::Packed;
use crate::pieces::{Piece, Pieces};
use crate::progress::Progress;
use crate::request_checks::Checked;
use crate::setters::shared_setters;
use crate::settings::Settings;
use crate::texts::Texts;
use crate::{
    Backend, BlankDocuments, CancellationToken, Error, Estimate, Hit, Limits, LongDocuments,
    Ranking, RefusedDocuments, ResponseCache, Retry, Scale,
};

/// Builds a call. Awaiting it makes the call.
///
/// ```no_run
/// # async fn run(reranker: bigmodel_rerank::Reranker) -> Result<(), bigmodel_rerank::Error> {
/// # let documents = ["a"];
/// let best = reranker.rerank("query", &documents).top_n(3).raw_scores().await?;
/// # Ok(())
/// # }
/// ```
///
/// # Panics
///
/// Awaiting panics outside a Tokio runtime with time and I/O enabled.
#[must_use = "a call is made when it is awaited"]
pub struct Rerank<'a, D> {
    backend: Arc<dyn Backend>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) query: &'a str,
    documents: &'a [D],
    texts: Texts<'a, D>,
}

impl<'a, D: Sync> Rerank<'a, D> {
    pub(crate) fn new(
        backend: Arc<dyn Backend>,
        settings: Arc<Settings>,
        query: &'a str,
        documents: &'a [D],
        texts: Texts<'a, D>,
    ) -> Self {
        Self {
            backend,
            settings,
            query,
            documents,
            texts,
        }
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    shared_setters!();

    /// Returns only the `n` best documents; 0, the default, returns all.
    pub fn top_n(self, top_n: usize) -> Self {
        self.set(|settings| settings.top_n = top_n)
    }

    /// Sets the id of the request, different for each call; by default one is made. Where a call
    /// takes several requests, `-1`, `-2` and so on are added, and to each of these `.1`, `.2` and
    /// so on where refused documents are isolated.
    pub fn request_id(self, id: impl Into<String>) -> Self {
        self.set(|settings| settings.request_id = Some(id.into()))
    }

    /// Calls `watch` after each batch, to show progress; [`estimate`](Self::estimate) returns the
    /// number of batches.
    pub fn on_progress(self, watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.set(|settings| settings.watcher = Some(Arc::new(watch)))
    }

    /// Sends no further request once `token` is cancelled. Requests in flight are awaited, because
    /// they are charged in any case. Then the call fails, with the scores so far attached, unless
    /// all documents have been scored.
    ///
    /// ```no_run
    /// # async fn run(reranker: bigmodel_rerank::Reranker) -> Result<(), bigmodel_rerank::Error> {
    /// # let documents = ["a"];
    /// use bigmodel_rerank::CancellationToken;
    ///
    /// let token = CancellationToken::new();
    /// let call = reranker.rerank("query", &documents).cancel_on(token.clone());
    /// // Elsewhere, `token.cancel()` ends the call.
    /// let ranking = call.await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn cancel_on(self, token: CancellationToken) -> Self {
        self.set(|settings| settings.cancellation = Some(token))
    }

    /// Returns what the call would send and be charged for, and the scale of its scores. Nothing
    /// is sent.
    ///
    /// ```
    /// # fn main() -> Result<(), bigmodel_rerank::Error> {
    /// let reranker = bigmodel_rerank::Reranker::builder().build()?;
    /// let documents = vec!["green tea"; 200];
    /// let estimate = reranker.rerank("tea", &documents).estimate();
    /// assert_eq!(estimate.requests, 2);
    /// println!("about {} tokens, ¥{:.6}", estimate.tokens, estimate.cost(0.8));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        self.estimate_with(self.count_blank())
    }

    /// Returns the estimate of a call with `blank` blank documents, which are not sent.
    pub(crate) fn estimate_with(&self, blank: usize) -> Estimate {
        let count = &self.settings.count_tokens;
        let query = count(self.query);
        let mut estimate = Estimate {
            blank,
            ..Estimate::default()
        };
        for batch in self.packed(blank > 0) {
            estimate.requests = estimate.requests.saturating_add(1);
            estimate.texts = estimate.texts.saturating_add(batch.len());
            estimate.tokens = batch.iter().fold(estimate.tokens, |sum, piece| {
                let text = query.saturating_add(count(&piece.text));
                sum.saturating_add(text)
            });
        }
        estimate.scale = self.settings.scale_of(estimate.requests < 2);
        estimate
    }

    /// Returns the scores of the call's batches as they arrive, without merging: for rankings that
    /// need not be in memory as a whole. After an error, the stream continues with the batches in
    /// flight, and then ends.
    ///
    /// ```no_run
    /// # async fn run(reranker: bigmodel_rerank::Reranker) -> Result<(), bigmodel_rerank::Error> {
    /// # let documents = ["a"];
    /// use std::pin::pin;
    ///
    /// use futures_util::TryStreamExt as _;
    ///
    /// let mut batches = pin!(reranker.rerank("query", &documents).batches());
    /// while let Some(batch) = batches.try_next().await? {
    ///     println!("{} scores", batch.hits.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn batches(self) -> impl Stream<Item = Result<Batch<'a, D>, Error>> + Send + 'a {
        let (documents, min_score) = (self.documents, self.settings.min_score);
        let (sent, invalid) = match self.check() {
            Ok(checked) => (Some(self.send(&checked)), None),
            Err(error) => (None, Some(Err(error))),
        };
        let batches = stream::iter(sent).flat_map(move |(scale, outcomes)| {
            outcomes.flat_map(move |mut outcome| {
                let failure = outcome.failure.take().map(Err);
                let batch = batch(outcome, documents, scale, min_score).map(Ok);
                stream::iter(batch.into_iter().chain(failure))
            })
        });
        stream::iter(invalid).chain(batches)
    }

    fn send(self, checked: &Checked) -> (Scale, impl Stream<Item = Outcome> + Send + use<'a, D>) {
        let pieces = self.pieces(!checked.blank.is_empty());
        batches::send(Work {
            backend: self.backend,
            settings: self.settings,
            query: self.query,
            pieces,
            spare: checked.spare,
        })
    }

    /// Calls `visit` with the index and text of each document.
    pub(crate) fn for_each_text(&self, visit: impl FnMut(usize, &str)) {
        self.texts.for_each(self.documents, visit);
    }

    pub(crate) fn packed(&self, skips_blank: bool) -> impl Iterator<Item = Vec<Piece<'a>>> {
        Packed::new(self.pieces(skips_blank), self.settings.limits, self.query)
    }

    fn pieces(&self, skips_blank: bool) -> Pieces<'a, D> {
        let policy = self.settings.long_documents;
        Pieces::new(self.documents, self.texts.clone(), policy, skips_blank)
    }

    async fn run(self) -> Result<Ranking<'a, D>, Error> {
        let checked = self.check()?;
        let (documents, settings) = (self.documents, Arc::clone(&self.settings));
        let mut progress = Progress::default();
        let mut merged = Merged::new(documents.len(), checked.blank.len());
        let mut failure = None;
        let (scale, outcomes) = self.send(&checked);
        let mut outcomes = pin!(outcomes);
        while let Some(mut outcome) = outcomes.next().await {
            failure = failure.or(outcome.failure.take());
            if outcome.request_ids.is_empty() {
                continue;
            }
            progress.add(&outcome);
            merged.add(outcome);
            if let Some(watcher) = &settings.watcher {
                watcher(progress);
            }
        }
        match failure {
            None => Ok(merged.into_ranking(documents, checked.blank, scale, &settings)),
            Some(error) if merged.is_empty() => Err(error),
            Some(error) => Err(error.with_partial(merged.into_partial(scale))),
        }
    }
}

/// The batch of an outcome, if there was a response.
fn batch<D>(
    outcome: Outcome,
    documents: &[D],
    scale: Scale,
    min_score: Option<f32>,
) -> Option<Batch<'_, D>> {
    if outcome.request_ids.is_empty() {
        return None;
    }
    let is_refused = |index: usize| outcome.refused.iter().any(|known| known.index() == index);
    let hit = |&(index, score): &(usize, f32)| {
        let item = documents.get(index)?;
        let is_low = min_score.is_some_and(|min_score| score < min_score);
        (!is_low && !is_refused(index)).then_some(Hit { score, index, item })
    };
    let hits = outcome.scores.iter().filter_map(hit).collect();
    let refused = outcome.refused.into_iter();
    Some(Batch {
        hits,
        scale,
        refused: refused
            .filter_map(|refusal| refusal.into_document(documents))
            .collect(),
        usage: outcome.usage,
        request_ids: outcome.request_ids,
    })
}

impl<'a, D: Sync> IntoFuture for Rerank<'a, D> {
    type Output = Result<Ranking<'a, D>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

// Not derived: documents need not be `Clone`.
impl<D> Clone for Rerank<'_, D> {
    fn clone(&self) -> Self {
        Self {
            backend: Arc::clone(&self.backend),
            settings: Arc::clone(&self.settings),
            query: self.query,
            documents: self.documents,
            texts: self.texts.clone(),
        }
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

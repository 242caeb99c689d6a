//! One request and its response, which may come from the cache.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use bigmodel_rerank_api::types::RerankRequest;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::pieces::Piece;
use crate::response_checks::checked;
use crate::settings::Settings;
use crate::{Backend, BackendResponse, Error, ErrorKind, Scale, Usage, retry_loop};

/// The state that all requests of a call share.
pub(crate) struct Shared<'a> {
    pub(crate) backend: Arc<dyn Backend>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) query: &'a str,
    /// The scale of the whole call.
    pub(crate) scale: Scale,
    pub(crate) deadline: Instant,
    /// Tokens of the budget beyond the estimate of the call.
    pub(crate) spare: AtomicUsize,
    /// Whether the service has accepted a request of the call.
    pub(crate) accepted: AtomicBool,
    /// Whether a batch has failed, so that no further request is sent.
    pub(crate) failed: AtomicBool,
    /// Locked while the query is sent alone, which happens once.
    pub(crate) probing: Mutex<()>,
}

/// The scores of a response.
pub(crate) struct Scored {
    /// Document and score of each text.
    pub(crate) scores: Vec<(usize, f32)>,
    pub(crate) usage: Option<Usage>,
    pub(crate) request_id: String,
}

impl Shared<'_> {
    /// Sends these texts until the request succeeds or fails permanently; a `top_n` of 0 requests
    /// all scores.
    pub(crate) async fn exchange(
        &self,
        pieces: &[Piece<'_>],
        request_id: String,
        top_n: usize,
    ) -> Result<Scored, Error> {
        let texts = pieces.iter().map(|piece| &piece.text);
        let request = self.request(texts, &request_id, top_n);
        let wanted = match top_n {
            0 => pieces.len(),
            top_n => pieces.len().min(top_n),
        };
        if let Some(kept) = self.kept(&request, pieces, wanted) {
            self.accepted.store(true, Ordering::Relaxed);
            return Ok(kept);
        }
        let sent = retry_loop::send(self, &request, wanted).await;
        let (mut response, scores) = sent.map_err(|error| {
            let indices: Vec<_> = pieces.iter().map(|piece| piece.document).collect();
            error.about_documents(&indices)
        })?;
        self.accepted.store(true, Ordering::Relaxed);
        let usage = response.usage;
        if let Some(cache) = self.settings.response_cache.as_deref() {
            response.request_id = Some(request_id.clone());
            cache.put(&request, &response);
        }
        Ok(Scored {
            scores: of_documents(pieces, scores),
            usage,
            request_id,
        })
    }

    /// Returns the scores that the cache has for the request, with the id of the request then sent.
    fn kept(&self, request: &RerankRequest, pieces: &[Piece<'_>], wanted: usize) -> Option<Scored> {
        let cache = self.settings.response_cache.as_deref()?;
        let response: BackendResponse = cache.get(request)?;
        let scores = checked(&response, pieces.len(), wanted).ok()?;
        tracing::debug!(documents = pieces.len(), "response found in the cache");
        Some(Scored {
            scores: of_documents(pieces, scores),
            usage: response.usage,
            request_id: response.request_id.or(request.request_id.clone())?,
        })
    }

    pub(crate) fn request<'t>(
        &self,
        texts: impl Iterator<Item = &'t Cow<'t, str>>,
        request_id: &str,
        top_n: usize,
    ) -> RerankRequest {
        let model = self.settings.model.clone();
        let texts = texts.map(|text| &**text);
        let mut request = RerankRequest::new(model, self.query, texts);
        request.request_id = Some(request_id.to_owned());
        if self.scale == Scale::Raw {
            request.return_raw_scores = Some(true);
        }
        if top_n > 0 {
            request.top_n = i64::try_from(top_n).ok();
        }
        request.user_id.clone_from(&self.settings.user_id);
        request
    }

    /// Takes the tokens of a request beyond the estimate from the remaining budget.
    pub(crate) fn reserve<'t>(
        &self,
        texts: impl Iterator<Item = &'t Cow<'t, str>>,
    ) -> Result<(), Error> {
        let Some(budget) = self.settings.budget else {
            return Ok(());
        };
        let count = &self.settings.count_tokens;
        let query = count(self.query);
        let tokens = texts.fold(0_usize, |sum, text| {
            sum.saturating_add(query).saturating_add(count(text))
        });
        let take = |spare: usize| spare.checked_sub(tokens);
        let taken = self
            .spare
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.map(drop).map_err(|spare| {
            let problem = format!(
                "a further request for documents that were not refused takes about {tokens} \
                 tokens, and {spare} of the budget of {budget} are left"
            );
            Error::new(ErrorKind::Budget, problem)
        })
    }
}

/// Turns indices of a request's texts into those of the documents.
fn of_documents(pieces: &[Piece<'_>], mut scores: Vec<(usize, f32)>) -> Vec<(usize, f32)> {
    scores.retain_mut(|(index, _)| match pieces.get(*index) {
        Some(piece) => {
            *index = piece.document;
            true
        }
        None => false,
    });
    scores
}

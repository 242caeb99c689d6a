//! Isolates the documents for which the service refuses a batch, and scores the others.

use std::borrow::Cow;
use std::sync::atomic::Ordering;

use crate::batch_request::{Scored, Shared};
use crate::outcome::Outcome;
use crate::pieces::Piece;
use crate::refused::Refusal;
use crate::{Error, retry_loop};

/// A harmless document, which no service has a reason to refuse.
const HARMLESS: Cow<'static, str> = Cow::Borrowed("weather");

/// A refused batch, in groups of which it is not yet known whether they are accepted.
pub(crate) struct Isolation<'s, 'a> {
    shared: &'s Shared<'a>,
    /// The id of the batch's own request, from which the ids of further requests are derived.
    id: String,
    requests: usize,
    /// The last one is next.
    pending: Vec<Group<'a>>,
    accepted: Vec<Piece<'a>>,
    accepted_groups: usize,
    outcome: Outcome,
}

/// Texts that are sent together.
struct Group<'a> {
    pieces: Vec<Piece<'a>>,
    part: Part,
}

/// The part of the refused texts that a group is.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Part {
    First,
    Second,
    /// The second, after the first was accepted: so it most likely has a refused document, and is
    /// not sent as a whole.
    Suspect,
}

impl<'s, 'a> Isolation<'s, 'a> {
    pub(crate) fn new(shared: &'s Shared<'a>, id: String) -> Self {
        Self {
            shared,
            id,
            requests: 0,
            pending: Vec::new(),
            accepted: Vec::new(),
            accepted_groups: 0,
            outcome: Outcome::default(),
        }
    }

    /// Scores the texts of a batch that was refused with `error`, without the refused documents.
    pub(crate) async fn run(
        mut self,
        pieces: Vec<Piece<'a>>,
        error: Error,
        top_n: usize,
    ) -> Outcome {
        tracing::debug!(
            documents = pieces.len(),
            code = error.code(),
            request_id = self.id,
            "batch refused, isolating its documents"
        );
        let completed = self.isolate(pieces, error, top_n).await;
        self.outcome.failure = completed.err();
        self.outcome
    }

    async fn isolate(
        &mut self,
        pieces: Vec<Piece<'a>>,
        error: Error,
        top_n: usize,
    ) -> Result<(), Error> {
        self.outcome.request_ids.push(self.id.clone());
        self.refuse_or_split(pieces, &error).await?;
        while let Some(mut group) = self.pending.pop() {
            // The failure of another batch is that of the call.
            if self.shared.failed.load(Ordering::Relaxed) {
                return Ok(());
            }
            let dropped = self.drop_refused(&mut group.pieces);
            self.settle(dropped);
            if group.pieces.is_empty() {
                continue;
            }
            if group.part == Part::Suspect && !is_one_document(&group.pieces) {
                self.halve(group.pieces);
                continue;
            }
            match self.exchange(&group.pieces, 0).await {
                Ok(scored) => self.accept(group, scored),
                Err(error) if error.is_refusal_of_documents() => {
                    self.refuse_or_split(group.pieces, &error).await?;
                }
                Err(error) => return Err(error),
            }
        }
        self.complete(error, top_n).await
    }

    /// Splits pieces that were refused together into groups, or lists a single document as refused.
    async fn refuse_or_split(
        &mut self,
        pieces: Vec<Piece<'a>>,
        error: &Error,
    ) -> Result<(), Error> {
        if !is_one_document(&pieces) {
            match error.document() {
                Some(document) => self.set_apart(pieces, document),
                None => self.halve(pieces),
            }
            return Ok(());
        }
        self.probe().await?;
        self.settle(pieces.len());
        if let Some(piece) = pieces.first() {
            self.outcome
                .refused
                .push(Refusal::new(piece.document, error));
        }
        Ok(())
    }

    /// Splits off the document that the service names.
    fn set_apart(&mut self, pieces: Vec<Piece<'a>>, document: usize) {
        let (named, others): (Vec<_>, Vec<_>) = pieces
            .into_iter()
            .partition(|piece| piece.document == document);
        match named.is_empty() {
            true => self.halve(others),
            false => self.split(named, others),
        }
    }

    fn halve(&mut self, mut pieces: Vec<Piece<'a>>) {
        let second = pieces.split_off(pieces.len() / 2);
        self.split(pieces, second);
    }

    fn split(&mut self, first: Vec<Piece<'a>>, second: Vec<Piece<'a>>) {
        self.pending.push(Group {
            pieces: second,
            part: Part::Second,
        });
        self.pending.push(Group {
            pieces: first,
            part: Part::First,
        });
    }

    fn accept(&mut self, group: Group<'a>, scored: Scored) {
        if group.part == Part::First
            && let Some(second) = self.pending.last_mut()
        {
            second.part = Part::Suspect;
        }
        self.settle(scored.scores.len());
        self.outcome.scores.extend(scored.scores);
        self.accepted.extend(group.pieces);
        self.accepted_groups = self.accepted_groups.saturating_add(1);
    }

    /// Drops the other windows of refused documents, and returns their number.
    fn drop_refused(&self, pieces: &mut Vec<Piece<'a>>) -> usize {
        let before = pieces.len();
        let refused = &self.outcome.refused;
        pieces.retain(|piece| refused.iter().all(|known| known.index() != piece.document));
        before.saturating_sub(pieces.len())
    }

    /// Counts texts as done.
    fn settle(&mut self, texts: usize) {
        self.outcome.texts = self.outcome.texts.saturating_add(texts);
    }

    /// Checks that the query is not the reason why the service refuses a single document.
    async fn probe(&mut self) -> Result<(), Error> {
        let shared = self.shared;
        let _once = shared.probing.lock().await;
        if shared.accepted.load(Ordering::Relaxed) {
            return Ok(());
        }
        let texts = [HARMLESS];
        shared.reserve(texts.iter())?;
        let id = self.next_id();
        let request = shared.request(texts.iter(), &id, 0);
        match retry_loop::send(shared, &request, 1).await {
            Ok((response, _)) => {
                self.outcome.charge(response.usage, id);
                shared.accepted.store(true, Ordering::Relaxed);
                Ok(())
            }
            Err(error) => Err(match error.is_refusal_of_documents() {
                true => error.with_note("a harmless document was refused too, so the query is why"),
                false => error,
            }),
        }
    }

    /// Ranks the remaining texts in one request, if scores of several requests are not merged.
    async fn complete(&mut self, error: Error, top_n: usize) -> Result<(), Error> {
        let shared = self.shared;
        if self.accepted_groups < 2 || shared.settings.merges_on(shared.scale) {
            return Ok(());
        }
        if self.outcome.refused.is_empty() {
            return Err(error.with_note("no document is refused alone, only all together"));
        }
        let mut pieces = std::mem::take(&mut self.accepted);
        self.drop_refused(&mut pieces);
        pieces.sort_by_key(|piece| piece.document);
        shared.reserve(pieces.iter().map(|piece| &piece.text))?;
        let scored = self.exchange(&pieces, top_n).await?;
        self.outcome.scores = scored.scores;
        Ok(())
    }

    /// Sends texts, and adds the usage of the response.
    async fn exchange(&mut self, pieces: &[Piece<'a>], top_n: usize) -> Result<Scored, Error> {
        let id = self.next_id();
        match self.shared.exchange(pieces, id.clone(), top_n).await {
            Ok(mut scored) => {
                let id = std::mem::take(&mut scored.request_id);
                self.outcome.charge(scored.usage, id);
                Ok(scored)
            }
            Err(error) => {
                if error.is_refusal_of_documents() {
                    self.outcome.request_ids.push(id);
                }
                Err(error)
            }
        }
    }

    fn next_id(&mut self) -> String {
        self.requests = self.requests.saturating_add(1);
        self.shared.settings.further_id(&self.id, self.requests)
    }
}

fn is_one_document(pieces: &[Piece<'_>]) -> bool {
    let mut documents = pieces.iter().map(|piece| piece.document);
    let first = documents.next();
    documents.all(|document| Some(document) == first)
}

//! Merges the scores of all batches into one ranking.

use crate::outcome::{Outcome, add_usage};
use crate::refused::Refusal;
use crate::settings::Settings;
use crate::{Hit, Partial, Ranking, Scale, Usage};

/// The scores so far: 16 bytes a document, and no text.
pub(crate) struct Merged {
    /// The best score of each document's texts.
    best: Vec<Option<f32>>,
    /// Documents with a score, in the order of the responses, each of which is best first. Sorting
    /// them is cheap, because they are almost sorted.
    order: Vec<usize>,
    refused: Vec<Refusal>,
    usage: Option<Usage>,
    request_ids: Vec<String>,
}

impl Merged {
    pub(crate) fn new(documents: usize, blank: usize) -> Self {
        Self {
            best: vec![None; documents],
            order: Vec::with_capacity(documents.saturating_sub(blank)),
            refused: Vec::new(),
            usage: Some(Usage::default()),
            request_ids: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, outcome: Outcome) {
        for (document, score) in outcome.scores {
            if let Some(best) = self.best.get_mut(document) {
                if best.is_none() {
                    self.order.push(document);
                }
                *best = Some(best.map_or(score, |best| best.max(score)));
            }
        }
        self.refused.extend(outcome.refused);
        add_usage(&mut self.usage, outcome.usage);
        match self.request_ids.is_empty() {
            true => self.request_ids = outcome.request_ids,
            false => self.request_ids.extend(outcome.request_ids),
        }
    }

    /// Whether nothing was scored or charged.
    pub(crate) fn is_empty(&self) -> bool {
        self.order.is_empty() && self.usage == Some(Usage::default())
    }

    pub(crate) fn into_partial(mut self, scale: Scale) -> Partial {
        self.forget_refused();
        let documents = self.best.len();
        let scores = self.best.into_iter().enumerate();
        Partial {
            scores: scores
                .filter_map(|(index, score)| Some((index, score?)))
                .collect(),
            scale,
            documents,
            usage: self.usage,
        }
    }

    /// Returns the ranking; `blank` has the documents that were not sent.
    pub(crate) fn into_ranking<'a, D>(
        mut self,
        documents: &'a [D],
        blank: Vec<usize>,
        scale: Scale,
        settings: &Settings,
    ) -> Ranking<'a, D> {
        self.forget_refused();
        let hit = |index: usize| {
            let score = self.best.get(index).copied().flatten()?;
            let item = documents.get(index)?;
            Some(Hit { score, index, item })
        };
        let mut hits: Vec<_> = self.order.iter().copied().filter_map(hit).collect();
        if let Some(min_score) = settings.min_score {
            hits.retain(|hit| hit.score >= min_score);
        }
        // 0 and -0 are equal.
        hits.sort_by(|a, b| {
            let by_score = (b.score + 0.0).total_cmp(&(a.score + 0.0));
            by_score.then(a.index.cmp(&b.index))
        });
        if settings.min_score.is_none() {
            append_blank(&mut hits, documents, &blank, scale);
        }
        if settings.top_n > 0 {
            hits.truncate(settings.top_n);
        }
        let refused = self.refused.into_iter();
        Ranking {
            hits,
            scale,
            blank,
            refused: refused
                .filter_map(|refusal| refusal.into_document(documents))
                .collect(),
            usage: self.usage,
            request_ids: self.request_ids,
        }
    }

    /// Sorts the refused documents, each once, and drops the scores of their other windows.
    fn forget_refused(&mut self) {
        self.refused.sort_by_key(Refusal::index);
        self.refused.dedup_by_key(|refusal| refusal.index());
        for refusal in &self.refused {
            if let Some(best) = self.best.get_mut(refusal.index()) {
                *best = None;
            }
        }
    }
}

/// Adds the documents that were not sent, with the lowest score.
fn append_blank<'a, D>(
    hits: &mut Vec<Hit<'a, D>>,
    documents: &'a [D],
    blank: &[usize],
    scale: Scale,
) {
    let lowest = hits.last().map_or(0.0, |hit| hit.score);
    let score = match scale {
        Scale::Normalized => lowest.min(0.0),
        Scale::Raw => lowest,
    };
    hits.extend(blank.iter().filter_map(|&index| {
        let item = documents.get(index)?;
        Some(Hit { score, index, item })
    }));
}

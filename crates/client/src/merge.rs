//! The scores of all parts -> one ranking.

use std::fmt;

use crate::batches::Scored;
use crate::{Hit, Ranking, Scale, Usage};

/// What a call had done when it failed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Partial {
    /// Index and score of each document that was scored, in the order of the documents. They
    /// are on the scale of the call.
    pub scores: Vec<(usize, f32)>,
    /// How many documents the call had.
    pub documents: usize,
    /// What was charged, as far as answers came.
    pub usage: Usage,
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} documents were scored before that, for {} tokens",
            self.scores.len(),
            self.documents,
            self.usage.total_tokens
        )
    }
}

/// Takes in parts as they come.
pub(crate) struct Merged {
    /// The best score of each document's texts.
    best: Vec<Option<f32>>,
    /// Documents with a score, as their answers have them: best first, answer by answer. To sort
    /// what is almost sorted takes little.
    order: Vec<usize>,
    usage: Usage,
    request_ids: Vec<String>,
}

impl Merged {
    pub(crate) fn new(documents: usize) -> Self {
        Self {
            best: vec![None; documents],
            order: Vec::with_capacity(documents),
            usage: Usage::default(),
            request_ids: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, part: Scored) {
        for (document, score) in part.scores {
            if let Some(best) = self.best.get_mut(document) {
                if best.is_none() {
                    self.order.push(document);
                }
                *best = Some(best.map_or(score, |best| best.max(score)));
            }
        }
        self.usage.add(part.usage);
        self.request_ids.push(part.request_id);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.request_ids.is_empty()
    }

    pub(crate) fn into_partial(self) -> Partial {
        let documents = self.best.len();
        let scores = self.best.into_iter().enumerate();
        Partial {
            scores: scores
                .filter_map(|(index, score)| Some((index, score?)))
                .collect(),
            documents,
            usage: self.usage,
        }
    }

    /// The ranking; 0 asks for all of it.
    pub(crate) fn into_ranking<D>(
        self,
        documents: &[D],
        scale: Scale,
        top_n: usize,
    ) -> Ranking<'_, D> {
        let hit = |index: usize| {
            let score = self.best.get(index).copied().flatten()?;
            let item = documents.get(index)?;
            Some(Hit { score, index, item })
        };
        let mut hits: Vec<_> = self.order.iter().copied().filter_map(hit).collect();
        // 0 and -0 are equal.
        hits.sort_by(|a, b| {
            let by_score = (b.score + 0.0).total_cmp(&(a.score + 0.0));
            by_score.then(a.index.cmp(&b.index))
        });
        if top_n > 0 {
            hits.truncate(top_n);
        }
        Ranking {
            hits,
            scale,
            usage: self.usage,
            request_ids: self.request_ids,
        }
    }
}

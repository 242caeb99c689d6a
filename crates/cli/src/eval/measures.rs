//! Measures of a ranking: nDCG, reciprocal rank and recall of its best results.

use std::collections::HashMap;

use serde::Serialize;

/// Of one query, or averaged over several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Measures {
    /// Discounted gain, relative to the best possible.
    pub(super) ndcg: f64,
    /// The reciprocal of the rank of the first relevant document.
    pub(super) mrr: f64,
    /// The share of the relevant documents among the results.
    pub(super) recall: f64,
}

/// Measures the first `at` documents of a ranking.
pub(super) fn measured(
    judgements: &HashMap<String, f64>,
    ranked: &[String],
    at: usize,
) -> Measures {
    let relevance = |document: &String| judgements.get(document).copied().unwrap_or_default();
    let gains: Vec<_> = ranked.iter().take(at).map(relevance).collect();
    let mut best: Vec<_> = judgements.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let relevant = best.iter().filter(|gain| **gain > 0.0).count();
    best.truncate(at);
    let found = gains.iter().filter(|gain| **gain > 0.0).count();
    let first = gains.iter().position(|gain| *gain > 0.0);
    Measures {
        ndcg: share(discounted(&gains), discounted(&best)),
        mrr: first.map_or(0.0, |place| 1.0 / (place + 1) as f64),
        recall: share(found as f64, relevant as f64),
    }
}

fn discounted(gains: &[f64]) -> f64 {
    let places = (2..).map(|place: u32| f64::from(place).log2());
    let gains = gains.iter().zip(places);
    gains.fold(0.0, |sum, (gain, discount)| sum + gain.max(0.0) / discount)
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

pub(super) fn mean<'a>(all: impl ExactSizeIterator<Item = &'a Measures>) -> Measures {
    let count = all.len() as f64;
    let sum = all.fold(Measures::default(), |sum, one| Measures {
        ndcg: sum.ndcg + one.ndcg,
        mrr: sum.mrr + one.mrr,
        recall: sum.recall + one.recall,
    });
    Measures {
        ndcg: share(sum.ndcg, count),
        mrr: share(sum.mrr, count),
        recall: share(sum.recall, count),
    }
}

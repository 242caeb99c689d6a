//! How good an order is, by the grades of the labelled set.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

/// A query's candidates.
#[derive(Deserialize)]
pub(crate) struct Labelled {
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Candidate {
    /// 2 answers the query, 1 helps in part, 0 is not relevant.
    grade: u8,
}

/// Means over queries.
#[derive(Debug, PartialEq)]
pub(crate) struct Quality {
    pub(crate) ndcg: f64,
    pub(crate) mrr: f64,
}

pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Labelled>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

/// Judges the order of each query's candidates.
pub(crate) fn judge(queries: &[Labelled], orders: &[Vec<usize>]) -> anyhow::Result<Quality> {
    ensure!(
        queries.len() == orders.len(),
        "{} orders for {} queries",
        orders.len(),
        queries.len()
    );
    let (mut ndcg, mut mrr) = (0.0, 0.0);
    for (query, order) in queries.iter().zip(orders) {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        ensure!(
            sorted.into_iter().eq(0..query.candidates.len()),
            "an order is no permutation"
        );
        let grades: Vec<_> = order
            .iter()
            .map(|place| query.candidates[*place].grade)
            .collect();
        let mut best = grades.clone();
        best.sort_unstable_by(|a, b| b.cmp(a));
        ndcg += gain(&grades) / gain(&best);
        let first = grades.iter().position(|grade| *grade == 2);
        mrr += first.map_or(0.0, |place| 1.0 / (place + 1) as f64);
    }
    let count = queries.len() as f64;
    Ok(Quality {
        ndcg: ndcg / count,
        mrr: mrr / count,
    })
}

/// Discounted cumulative gain of the first ten.
fn gain(grades: &[u8]) -> f64 {
    let discounted = grades.iter().take(10).enumerate();
    discounted
        .map(|(place, grade)| (f64::from(1 << grade) - 1.0) / (place as f64 + 2.0).log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Labelled, Quality, judge};

    #[test]
    fn the_best_order_is_one_and_others_are_less() {
        let graded = || [0, 2, 1].map(|grade| Candidate { grade });
        let query = || {
            [Labelled {
                candidates: graded().into(),
            }]
        };
        let best = judge(&query(), &[vec![1, 2, 0]]).ok();
        assert_eq!(
            best,
            Some(Quality {
                ndcg: 1.0,
                mrr: 1.0
            })
        );
        let worse = judge(&query(), &[vec![0, 1, 2]]).ok();
        assert!(worse.is_some_and(|one| one.ndcg < 1.0 && one.mrr == 0.5));
        assert!(judge(&query(), &[vec![0, 0, 1]]).is_err());
    }
}

//! The quality of a ranking, by the grades of the labelled set.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

/// The candidates of a query.
#[derive(Deserialize)]
pub(crate) struct Labelled {
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Candidate {
    /// 2 answers the query, 1 is partly relevant, 0 is not relevant.
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

/// Computes the quality of the rankings, one per query.
pub(crate) fn judge(queries: &[Labelled], orders: &[Vec<usize>]) -> anyhow::Result<Quality> {
    ensure!(
        queries.len() == orders.len(),
        "{} rankings for {} queries",
        orders.len(),
        queries.len()
    );
    let (mut ndcg, mut mrr) = (0.0, 0.0);
    for (query, order) in queries.iter().zip(orders) {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        ensure!(
            sorted.into_iter().eq(0..query.candidates.len()),
            "invalid ranking: expected each index exactly once"
        );
        let grades: Vec<_> = order
            .iter()
            .map(|index| query.candidates[*index].grade)
            .collect();
        let mut best = grades.clone();
        best.sort_unstable_by(|a, b| b.cmp(a));
        ndcg += gain(&grades) / gain(&best);
        let first = grades.iter().position(|grade| *grade == 2);
        mrr += first.map_or(0.0, |index| 1.0 / (index + 1) as f64);
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
        .map(|(index, grade)| (f64::from(1 << grade) - 1.0) / (index as f64 + 2.0).log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Labelled, Quality, judge};

    #[test]
    fn the_ideal_ranking_has_quality_one_and_others_have_less() {
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

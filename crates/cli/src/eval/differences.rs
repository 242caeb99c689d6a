//! Paired differences of rankings, with intervals by bootstrap.

use std::collections::BTreeMap;

use super::measures::Measures;

/// The number of samples.
pub(super) const SAMPLES: usize = 10_000;
/// Every run draws the same samples.
const SEED: u64 = 17;
/// The samples on each side of the interval: 2.5 %.
const OUTSIDE: usize = SAMPLES / 40;

/// The difference of two rankings of the same queries: those of the first less those of the second.
pub(super) struct Difference {
    /// The index of the first.
    pub(super) run: usize,
    /// The index of the second.
    pub(super) other: usize,
    /// The number of queries for which nDCG is greater, equal and less.
    pub(super) better: usize,
    pub(super) equal: usize,
    pub(super) worse: usize,
    pub(super) mean: Measures,
    pub(super) low: Measures,
    pub(super) high: Measures,
}

/// Returns the difference of each two rankings, a later one less an earlier one. The rankings have
/// the same queries.
pub(super) fn differences(runs: &[&BTreeMap<String, Measures>]) -> Vec<Difference> {
    let runs: Vec<Vec<Measures>> = runs
        .iter()
        .map(|run| run.values().copied().collect())
        .collect();
    let samples = samples(&runs);
    let mut differences = Vec::new();
    let with_samples: Vec<_> = runs.iter().zip(&samples).enumerate().collect();
    for (run, (each, sampled)) in &with_samples {
        for (other, (other_each, other_sampled)) in with_samples.iter().take(*run) {
            let pairs = each.iter().zip(other_each.iter());
            let order: Vec<_> = pairs.map(|(a, b)| a.ndcg.total_cmp(&b.ndcg)).collect();
            let count = |it| order.iter().filter(|order| **order == it).count();
            let sampled: Vec<_> = sampled
                .iter()
                .zip(other_sampled.iter())
                .map(|(a, b)| minus(*a, *b))
                .collect();
            let (low, high) = interval(&sampled);
            differences.push(Difference {
                run: *run,
                other: *other,
                better: count(std::cmp::Ordering::Greater),
                equal: count(std::cmp::Ordering::Equal),
                worse: count(std::cmp::Ordering::Less),
                mean: minus(mean(*each), mean(*other_each)),
                low,
                high,
            });
        }
    }
    differences
}

/// Returns for each ranking its means over the queries of each sample. A sample has the same
/// queries for all rankings.
fn samples(runs: &[Vec<Measures>]) -> Vec<Vec<Measures>> {
    let queries = runs.first().map_or(0, Vec::len);
    let mut random = SplitMix(SEED);
    let mut samples = vec![Vec::with_capacity(SAMPLES); runs.len()];
    for _ in 0..SAMPLES {
        let drawn: Vec<_> = (0..queries).map(|_| random.below(queries)).collect();
        for (run, means) in runs.iter().zip(&mut samples) {
            let drawn = drawn.iter().filter_map(|index| run.get(*index));
            means.push(mean(drawn));
        }
    }
    samples
}

fn mean<'a>(all: impl IntoIterator<Item = &'a Measures>) -> Measures {
    let (mut sum, mut count) = (Measures::default(), 0.0_f64);
    for one in all {
        sum.ndcg += one.ndcg;
        sum.mrr += one.mrr;
        sum.recall += one.recall;
        count += 1.0;
    }
    each(sum, |value| value / count.max(1.0))
}

fn minus(a: Measures, b: Measures) -> Measures {
    Measures {
        ndcg: a.ndcg - b.ndcg,
        mrr: a.mrr - b.mrr,
        recall: a.recall - b.recall,
    }
}

fn each(measures: Measures, change: impl Fn(f64) -> f64) -> Measures {
    Measures {
        ndcg: change(measures.ndcg),
        mrr: change(measures.mrr),
        recall: change(measures.recall),
    }
}

/// The ends of the middle 95 % of the samples, of each measure by itself.
fn interval(sampled: &[Measures]) -> (Measures, Measures) {
    let ends = |measure: fn(&Measures) -> f64| {
        let mut values: Vec<_> = sampled.iter().map(measure).collect();
        values.sort_by(f64::total_cmp);
        let last = values.len().saturating_sub(OUTSIDE.saturating_add(1));
        let at = |index| values.get(index).copied().unwrap_or_default();
        (at(OUTSIDE), at(last))
    };
    let (ndcg, mrr, recall) = (ends(|it| it.ndcg), ends(|it| it.mrr), ends(|it| it.recall));
    (
        Measures {
            ndcg: ndcg.0,
            mrr: mrr.0,
            recall: recall.0,
        },
        Measures {
            ndcg: ndcg.1,
            mrr: mrr.1,
            recall: recall.1,
        },
    )
}

/// The generator `SplitMix64` of Steele, Lea and Flood: small, and the same on every machine.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`. Without rejection, its bias is below one in 10^15 for any set.
    fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.next()) * count as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Difference, Measures, SplitMix, differences};

    fn run(values: impl Iterator<Item = f64>) -> BTreeMap<String, Measures> {
        let each = values.enumerate().map(|(index, ndcg)| {
            let measures = Measures {
                ndcg,
                mrr: ndcg,
                recall: 1.0,
            };
            (format!("{index:04}"), measures)
        });
        each.collect()
    }

    fn one(a: &BTreeMap<String, Measures>, b: &BTreeMap<String, Measures>) -> Difference {
        differences(&[a, b]).remove(0)
    }

    #[test]
    fn an_interval_has_the_width_of_the_normal_distribution_and_holds_the_mean() {
        // 400 queries; of each two differences one is 0 and the other 0.4, so that the deviation of
        // one is 0.2 and that of the mean 0.01.
        let worse = run((0..400).map(|_| 0.0));
        let better = run((0..400).map(|index| f64::from(index % 2) * 0.4));
        let found = one(&worse, &better);
        assert!((found.mean.ndcg - 0.2).abs() < 1e-12);
        assert!(
            (found.low.ndcg - (0.2 - 0.0196)).abs() < 0.001,
            "{}",
            found.low.ndcg
        );
        assert!(
            (found.high.ndcg - (0.2 + 0.0196)).abs() < 0.001,
            "{}",
            found.high.ndcg
        );
        assert_eq!((found.low.recall, found.high.recall), (0.0, 0.0));
        assert_eq!((found.better, found.equal, found.worse), (200, 200, 0));
    }

    #[test]
    fn differences_are_paired() {
        // They differ by the same in every query, however different the queries are.
        let low = run((0..50).map(|index| f64::from(index) / 100.0));
        let high = run((0..50).map(|index| f64::from(index) / 100.0 + 0.25));
        let found = one(&low, &high);
        assert!((found.low.ndcg - 0.25).abs() < 1e-9 && (found.high.ndcg - 0.25).abs() < 1e-9);
    }

    #[test]
    fn draws_are_even_and_below_the_count() {
        let mut random = SplitMix(1);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[random.below(7)] += 1;
        }
        assert!(
            counts.iter().all(|count| (9_600..10_400).contains(count)),
            "{counts:?}"
        );
    }
}

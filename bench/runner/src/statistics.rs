//! Medians, and how far samples lie from them.

/// What a reader is told of some samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    /// Half the distance between the quartiles, as a part of the median; none of one sample.
    pub(crate) spread: Option<f64>,
}

impl Summary {
    /// None of no samples.
    pub(crate) fn of(samples: &[f64]) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let median = quantile(&sorted, 0.5)?;
        let half = (quantile(&sorted, 0.75)? - quantile(&sorted, 0.25)?) / 2.0;
        let spread = if median == 0.0 { 0.0 } else { half / median };
        Some(Self {
            median,
            spread: (samples.len() > 1).then_some(spread),
        })
    }
}

fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let place = part * sorted.len().checked_sub(1)? as f64;
    let (low, high) = (
        sorted.get(place.floor() as usize)?,
        sorted.get(place.ceil() as usize)?,
    );
    Some(low + (high - low) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn one_wild_sample_moves_the_median_little() {
        let summary = Summary::of(&[3.0, 1.0, 2.0, 4.0, 1000.0]);
        assert_eq!(
            summary,
            Some(Summary {
                median: 3.0,
                spread: Some(1.0 / 3.0)
            })
        );
        assert_eq!(Summary::of(&[]), None);
    }
}

//! Median and spread of samples.

/// A summary of samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    /// Half the interquartile range relative to the median; `None` for a single sample.
    pub(crate) spread: Option<f64>,
}

impl Summary {
    /// Returns the summary, or `None` if there are no samples.
    pub(crate) fn from_samples(samples: &[f64]) -> Option<Self> {
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

fn quantile(sorted: &[f64], fraction: f64) -> Option<f64> {
    let index = fraction * sorted.len().checked_sub(1)? as f64;
    let (low, high) = (
        sorted.get(index.floor() as usize)?,
        sorted.get(index.ceil() as usize)?,
    );
    Some(low + (high - low) * index.fract())
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn an_outlier_does_not_move_the_median() {
        let summary = Summary::from_samples(&[3.0, 1.0, 2.0, 4.0, 1000.0]);
        assert_eq!(
            summary,
            Some(Summary {
                median: 3.0,
                spread: Some(1.0 / 3.0)
            })
        );
        assert_eq!(Summary::from_samples(&[]), None);
    }
}

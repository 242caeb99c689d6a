//! The cost of a call, before it is sent.

pub use bigmodel_rerank_tokens::count_tokens as approximate_tokens;

use crate::Scale;

/// The estimated requests and tokens of a call.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Estimate {
    /// Requests to the service.
    pub requests: usize,
    /// Texts in these requests: documents, or windows of long documents.
    pub texts: usize,
    /// Tokens by the documented formula: `tokens(query) × texts + Σ tokens(text)`.
    pub tokens: usize,
    /// Blank documents, which are not sent.
    pub blank: usize,
    /// The scale of the scores; see [`Scale`].
    pub scale: Scale,
}

impl Estimate {
    /// Returns the cost of the tokens at a price per million. The observed list price is ¥0.8; it
    /// can change, and an account may have another price.
    #[must_use]
    pub fn cost(&self, per_million: f64) -> f64 {
        self.tokens as f64 / 1e6 * per_million
    }
}

#[cfg(test)]
mod tests {
    use super::Estimate;

    #[test]
    fn a_million_tokens_cost_the_price() {
        let estimate = Estimate {
            tokens: 2_500_000,
            ..Estimate::default()
        };
        assert!((estimate.cost(0.8) - 2.0).abs() < 1e-9);
    }
}

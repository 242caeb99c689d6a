//! A few numbers about a response, which must be equal for all contenders.

use std::fmt;

/// Numbers that depend on every result of a response and on their order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ResponseSummary {
    results: usize,
    order: usize,
    /// In millionths, which is the precision of the scores in the responses and of an `f32`.
    scores: u64,
    text: usize,
    tokens: u64,
}

impl ResponseSummary {
    /// Returns a summary without results, with the tokens that the response reports.
    pub fn new(tokens: u64) -> Self {
        Self {
            tokens,
            ..Self::default()
        }
    }

    /// Adds a result, with the text of its document if the response contains it.
    pub fn add(&mut self, index: usize, score: f64, document: Option<&str>) {
        self.results += 1;
        self.order += self.results * (index + 1);
        self.scores += (score * 1e6).round() as u64 * (index as u64 + 1);
        self.text += document.map_or(0, str::len);
    }
}

impl fmt::Display for ResponseSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            results,
            order,
            scores,
            text,
            tokens,
        } = self;
        write!(
            f,
            "{results} results, order {order}, scores {scores}, text {text}, tokens {tokens}"
        )
    }
}

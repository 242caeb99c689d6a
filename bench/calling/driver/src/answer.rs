//! What was read from an answer, in a few numbers that all contenders must agree on.

use std::fmt;

/// The results of a call, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answer {
    results: usize,
    order: usize,
    /// Millionths: the answers have no finer scores, and 32 bits carry no finer ones.
    scores: u64,
    text: usize,
    tokens: u64,
}

impl Answer {
    /// With what the call cost.
    pub fn new(tokens: u64) -> Self {
        Self {
            tokens,
            ..Self::default()
        }
    }

    /// Adds a result, with the text of its document where the answer has it.
    pub fn add(&mut self, index: usize, score: f64, document: Option<&str>) {
        self.results += 1;
        self.order += self.results * (index + 1);
        self.scores += (score * 1e6).round() as u64 * (index as u64 + 1);
        self.text += document.map_or(0, str::len);
    }
}

impl fmt::Display for Answer {
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

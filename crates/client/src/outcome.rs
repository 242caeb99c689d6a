//! The outcome of one batch.

use crate::batch_request::Scored;
use crate::refused::Refusal;
use crate::{Error, Usage};

pub(crate) struct Outcome {
    /// Document and score of each text that was scored.
    pub(crate) scores: Vec<(usize, f32)>,
    pub(crate) refused: Vec<Refusal>,
    /// `None` once a response came without its usage.
    pub(crate) usage: Option<Usage>,
    /// The ids of all requests that got a response, in this order.
    pub(crate) request_ids: Vec<String>,
    /// The number of texts that are done.
    pub(crate) texts: usize,
    /// The error that ended the batch before all of its texts were done.
    pub(crate) failure: Option<Error>,
}

impl Default for Outcome {
    fn default() -> Self {
        Self {
            scores: Vec::new(),
            refused: Vec::new(),
            usage: Some(Usage::default()),
            request_ids: Vec::new(),
            texts: 0,
            failure: None,
        }
    }
}

impl Outcome {
    pub(crate) fn failed(failure: Error) -> Self {
        Self {
            failure: Some(failure),
            ..Self::default()
        }
    }

    /// Adds the usage of a response.
    pub(crate) fn charge(&mut self, usage: Option<Usage>, request_id: String) {
        add_usage(&mut self.usage, usage);
        self.request_ids.push(request_id);
    }
}

impl From<Scored> for Outcome {
    fn from(scored: Scored) -> Self {
        Self {
            texts: scored.scores.len(),
            scores: scored.scores,
            refused: Vec::new(),
            usage: scored.usage,
            request_ids: vec![scored.request_id],
            failure: None,
        }
    }
}

/// Adds a usage to a sum. With an unknown one, the sum is unknown.
pub(crate) fn add_usage(sum: &mut Option<Usage>, usage: Option<Usage>) {
    match (&mut *sum, usage) {
        (Some(sum), Some(usage)) => sum.add(usage),
        _ => *sum = None,
    }
}

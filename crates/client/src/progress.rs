//! The progress of a call.

use std::sync::Arc;

use crate::Usage;
use crate::outcome::Outcome;

/// Receives the progress of a call.
pub(crate) type Watcher = Arc<dyn Fn(Progress) + Send + Sync>;

/// The progress of a call.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Responses so far, refusals included.
    pub requests: usize,
    /// Texts that are done, scored or refused: documents, or windows of long ones.
    pub texts: usize,
    /// The tokens that they used, as the service counted them; `None` once a response did not
    /// say.
    pub tokens: Option<i64>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            requests: 0,
            texts: 0,
            tokens: Some(0),
        }
    }
}

impl Progress {
    pub(crate) fn add(&mut self, outcome: &Outcome) {
        self.requests = self.requests.saturating_add(outcome.request_ids.len());
        self.texts = self.texts.saturating_add(outcome.texts);
        self.tokens = match (self.tokens, outcome.usage) {
            (Some(tokens), Some(Usage { total_tokens, .. })) => {
                Some(tokens.saturating_add(total_tokens))
            }
            _ => None,
        };
    }
}

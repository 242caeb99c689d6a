//! The partial result of a failed call.

use std::fmt;

use crate::{Scale, Usage};

/// The partial result of a failed call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Partial {
    /// Index and score of each document that was scored, in the order of the documents.
    pub scores: Vec<(usize, f32)>,
    /// The scale of the scores.
    pub scale: Scale,
    /// The number of documents of the call.
    pub documents: usize,
    /// The tokens that were charged by the responses so far; `None` if a response did not say.
    pub usage: Option<Usage>,
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scored, documents) = (self.scores.len(), self.documents);
        write!(
            f,
            "{scored} of {documents} documents were scored before that, "
        )?;
        match self.usage {
            Some(usage) => write!(f, "for {} tokens", usage.total_tokens),
            None => f.write_str("for an unknown number of tokens"),
        }
    }
}

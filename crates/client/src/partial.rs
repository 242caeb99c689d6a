//! What a failed call had done.

use std::fmt;

use crate::{Scale, Usage};

/// What a call had done when it failed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Partial {
    /// Index and score of each document that was scored, in the order of the documents.
    pub scores: Vec<(usize, f32)>,
    /// The scale of the scores.
    pub scale: Scale,
    /// How many documents the call had.
    pub documents: usize,
    /// What was charged, as far as responses came; `None` if one of them did not say.
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

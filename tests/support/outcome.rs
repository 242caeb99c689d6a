//! What a client made of an answer, told apart from the crate that the client is in.

use std::fmt;

use serde_json::Value;

#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    /// The answer that was asked for, as the client would write it.
    Answer { status: u16, value: Value },
    /// An error that the contract documents, as the client would write it.
    Api { status: u16, value: Value },
    /// An answer that the contract does not describe; without a reason, for its status.
    Unexpected {
        status: u16,
        body: Vec<u8>,
        reason: Option<String>,
    },
    /// Anything else.
    Failed(String),
}

impl Outcome {
    /// What the client read, if it could read the answer.
    pub(crate) fn value(&self) -> Option<&Value> {
        match self {
            Self::Answer { value, .. } | Self::Api { value, .. } => Some(value),
            Self::Unexpected { .. } | Self::Failed(_) => None,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer { status, value } => write!(f, "{status}, read as {value}"),
            Self::Api { status, value } => write!(f, "{status}, the error {value}"),
            Self::Unexpected {
                status,
                body,
                reason: Some(reason),
            } => write!(
                f,
                "{status}, unreadable ({reason}), {} bytes kept",
                body.len()
            ),
            Self::Unexpected { status, body, .. } => {
                write!(f, "{status}, not documented, {} bytes kept", body.len())
            }
            Self::Failed(reason) => write!(f, "failed: {reason}"),
        }
    }
}

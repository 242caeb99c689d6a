//! Responses that the contract does not describe, of operations that may respond with a stream.

use super::read_whole::read_whole;
use crate::error::Error;

/// The error for a response with a status for which the contract documents no body.
pub(crate) async fn refused<E>(response: reqwest::Response) -> Error<E> {
    match read_whole(response).await {
        Ok(raw) => Error::Unexpected {
            response: Box::new(raw),
            reason: None,
        },
        Err(error) => Error::Transport(error),
    }
}

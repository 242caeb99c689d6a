// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Errors of calls, and of building a client.

use std::fmt;

use reqwest::StatusCode;

use crate::response::{RawResponse, Response};
use crate::validation::Violations;

/// An error of a call. `E` is the error that the contract documents for the operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = ()> {
    /// The request breaks limits of the contract, and was not sent.
    Invalid(Violations),
    /// The request could not be written as JSON, and was not sent.
    Encode(serde_json::Error),
    /// The exchange did not complete: connection, TLS, timeout, or a truncated body.
    Transport(reqwest::Error),
    /// The service returned an error that the contract documents.
    Api(Box<Response<E>>),
    /// The service returned a response that the contract does not describe: no body is documented
    /// for its status, or the body has another form.
    Unexpected {
        /// The response as it came.
        response: Box<RawResponse>,
        /// Why the body could not be read; `None` if none is documented for the status.
        reason: Option<serde_json::Error>,
    },
}

impl<E> Error<E> {
    /// Returns the HTTP status, if there was a response.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(response) => Some(response.status()),
            Self::Unexpected { response, .. } => Some(response.status()),
            Self::Transport(error) => error.status(),
            Self::Invalid(_) | Self::Encode(_) => None,
        }
    }

    /// Whether the request is invalid, so that nothing was sent.
    pub fn is_invalid(&self) -> bool {
        matches!(self, Self::Invalid(_) | Self::Encode(_))
    }

    /// Whether the exchange did not complete, so that the service may or may not have acted on
    /// the request.
    pub fn is_transport(&self) -> bool {
        matches!(self, Self::Transport(_))
    }

    /// Whether a timeout of the HTTP client elapsed.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Whether the same request may succeed later: the exchange did not complete, or the status is
    /// 408, 425, 429, 500, 502, 503 or 504.
    ///
    /// A documented error may say otherwise. Where sending a request twice does harm, a failure
    /// that [`is_transport`](Self::is_transport) must not be retried blindly.
    pub fn is_retryable(&self) -> bool {
        const STATUSES: [u16; 7] = [408, 425, 429, 500, 502, 503, 504];
        match self {
            Self::Transport(error) => !error.is_builder(),
            Self::Api(_) | Self::Unexpected { .. } => self
                .status()
                .is_some_and(|status| STATUSES.contains(&status.as_u16())),
            Self::Invalid(_) | Self::Encode(_) => false,
        }
    }

    /// Returns the documented error, if that is what the service returned.
    pub fn api(&self) -> Option<&Response<E>> {
        match self {
            Self::Api(response) => Some(response),
            _ => None,
        }
    }
}

impl<E: fmt::Debug> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(_) => f.write_str("the request breaks limits of the contract"),
            Self::Encode(_) => f.write_str("the request could not be written as JSON"),
            Self::Transport(_) => f.write_str("the exchange with the service did not complete"),
            Self::Api(response) => {
                write!(
                    f,
                    "the service responded with status {}: {:?}",
                    response.status(),
                    ***response
                )
            }
            Self::Unexpected { response, reason } => {
                let what = match reason {
                    Some(_) => "a body that the contract does not describe",
                    None => "a status for which the contract describes no body",
                };
                let bytes = response.body().len();
                write!(
                    f,
                    "the service responded with status {}: {what}, {bytes} bytes",
                    response.status()
                )
            }
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Invalid(violations) => Some(violations),
            Self::Encode(error) => Some(error),
            Self::Transport(error) => Some(error),
            Self::Unexpected { reason, .. } => reason.as_ref().map(|reason| reason as _),
            Self::Api(_) => None,
        }
    }
}

impl<E> From<Violations> for Error<E> {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl<E> From<reqwest::Error> for Error<E> {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error)
    }
}

/// An error of building a client. Its message never shows a credential.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// The base URL is invalid: it needs `http` or `https`, and a host.
    BaseUrl {
        /// The text as given, or `…` where it may hold a credential.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The credential is empty, or has characters that no header can carry.
    Credential,
    /// TLS could not be set up.
    Tls(Box<dyn std::error::Error + Send + Sync>),
    /// The HTTP client could not be built.
    Http(reqwest::Error),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl { text, reason } => {
                write!(
                    f,
                    "{text:?} is not a base URL ({reason}); write it as in https://host/path"
                )
            }
            Self::Credential => f.write_str(
                "the credential is empty, or holds what no header can carry; \
                 look for a space or a line break at its end",
            ),
            Self::Tls(_) => f.write_str("TLS could not be set up"),
            Self::Http(_) => f.write_str("the HTTP client could not be built"),
        }
    }
}

impl std::error::Error for SetupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Tls(error) => Some(error.as_ref()),
            Self::Http(error) => Some(error),
            Self::BaseUrl { .. } | Self::Credential => None,
        }
    }
}

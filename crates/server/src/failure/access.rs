//! Failures of authentication: keys and tokens (JWTs).

use axum::http::StatusCode;

use super::Failure;

impl Failure {
    fn unauthorized(code: &'static str, message: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, message)
    }

    pub(crate) fn no_key() -> Self {
        let message = "missing API key: send the header Authorization: Bearer KEY";
        Self::unauthorized("1001", message)
    }

    pub(crate) fn wrong_key() -> Self {
        let message = "the API key in the Authorization header is not accepted here";
        Self::unauthorized("1000", message)
    }

    /// The key is a token (JWT) that is not accepted.
    pub(crate) fn invalid_token(problem: &'static str) -> Self {
        Self::unauthorized("1002", problem)
    }

    /// The key is a token (JWT) that has expired.
    pub(crate) fn expired_token(problem: &'static str) -> Self {
        Self::unauthorized("1003", problem)
    }
}

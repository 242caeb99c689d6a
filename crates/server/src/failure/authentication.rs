//! Failures of authentication.

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
        let message = "invalid API key in the Authorization header";
        Self::unauthorized("1000", message)
    }

    pub(crate) fn invalid_jwt(problem: &'static str) -> Self {
        Self::unauthorized("1002", problem)
    }

    pub(crate) fn expired_jwt(problem: &'static str) -> Self {
        Self::unauthorized("1003", problem)
    }
}

//! Failures of requests that are too expensive, or that arrive when the server is busy.

use axum::http::StatusCode;

use super::{Failure, codes};
use crate::outcome::Refusal;

impl Failure {
    fn busy(message: &'static str, refusal: Refusal) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "1302", message).refused_by(refusal)
    }

    pub(crate) fn too_many_requests() -> Self {
        let message = "too many requests in flight; retry later";
        Self::busy(message, Refusal::Requests)
    }

    pub(crate) fn too_many_requests_of_address() -> Self {
        let message = "too many requests in flight from your address; retry later";
        Self::busy(message, Refusal::AddressRequests)
    }

    pub(crate) fn too_much_held() -> Self {
        let message = "too many large requests in flight; retry later";
        Self::busy(message, Refusal::Held)
    }

    pub(crate) fn too_much_held_for_address() -> Self {
        let message = "too many large requests in flight from your address; retry later";
        Self::busy(message, Refusal::AddressHeld)
    }

    pub(crate) fn too_many_connections() -> Self {
        let message = "too many connections; retry later";
        Self::busy(message, Refusal::Connections)
    }

    pub(crate) fn too_many_connections_of_address() -> Self {
        let message = "too many connections from your address; retry later";
        Self::busy(message, Refusal::AddressConnections)
    }

    /// Returns the failure for texts that are too long after normalization.
    pub(crate) fn too_much_work(found: usize, limit: usize, documents: usize) -> Self {
        let help = match documents {
            0 => "shorten the query",
            1 => "shorten the query or the document",
            _ => "send fewer documents per request, or shorter ones",
        };
        let message = format!(
            "the texts have {found} characters after Unicode normalization (NFKD), at most \
             {limit}: {help}"
        );
        Self::new(StatusCode::BAD_REQUEST, codes::TOO_LARGE, message).refused_by(Refusal::Work)
    }

    pub(crate) fn work_timeout() -> Self {
        let message = "scoring timed out; retry later";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "1230", message).refused_by(Refusal::Timeout)
    }
}

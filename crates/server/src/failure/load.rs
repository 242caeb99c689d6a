//! Failures of requests that exceed the server's capacity.

use axum::http::StatusCode;

use super::Failure;
use crate::outcome::Refusal;

impl Failure {
    fn busy(message: &'static str, refusal: Refusal) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "1302", message).by(refusal)
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

    /// The normalized texts are longer than the limit of one request.
    pub(crate) fn too_much_work(found: usize, limit: usize) -> Self {
        let message = format!(
            "the texts have {found} characters after Unicode normalization (NFKD), at most \
             {limit}: send fewer documents at once"
        );
        Self::new(StatusCode::BAD_REQUEST, "1261", message).by(Refusal::Work)
    }

    pub(crate) fn overloaded() -> Self {
        let message = "scoring timed out; retry later";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "1230", message).by(Refusal::Timeout)
    }
}

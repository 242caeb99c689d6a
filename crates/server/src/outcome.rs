//! The outcome of a request, for the log and the metrics.

use axum::http::HeaderName;
use axum::response::Response;

/// The maximum length in the log of a text from a request, in characters.
const MAX_LOGGED: usize = 80;

/// The outcome of a request, an extension of its response that the log and the metrics read.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    /// The service's error code; empty for a success.
    pub(crate) code: &'static str,
    /// The limit that the request exceeded, if any.
    pub(crate) refusal: Option<Refusal>,
    /// The start of the id, which may be as long as a body.
    pub(crate) request_id: String,
    pub(crate) documents: usize,
    pub(crate) tokens: usize,
    /// The documents that were scored by their beginnings.
    pub(crate) cut: usize,
}

/// The number of documents of which only the beginning was scored. The page shows it.
const CUT: HeaderName = HeaderName::from_static("rerank-documents-cut");

impl Outcome {
    /// Attaches the outcome of a ranking to its response.
    pub(crate) fn attach(self, response: &mut Response) {
        if self.cut > 0 {
            response.headers_mut().insert(CUT, self.cut.into());
        }
        response.extensions_mut().insert(self);
    }
}

/// The limit that refused or ended a request, a connection or a transfer.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Refusal {
    /// All connections are in use.
    Connections,
    /// The address uses its share of the connections.
    AddressConnections,
    /// The maximum number of requests is in flight.
    Requests,
    /// The address uses its share of the requests in flight.
    AddressRequests,
    /// Large bodies use all the memory that is reserved for them.
    Held,
    /// The address uses its share of that memory.
    AddressHeld,
    /// A body is too large.
    BodySize,
    /// The normalized texts are too long to be scored.
    Work,
    /// A body arrived too slowly.
    SlowUpload,
    /// A response was read too slowly.
    SlowDownload,
    /// Scoring timed out.
    Timeout,
    /// An idle connection was closed to make room for another.
    Idle,
}

impl Refusal {
    pub(crate) const ALL: [Self; 12] = [
        Self::Connections,
        Self::AddressConnections,
        Self::Requests,
        Self::AddressRequests,
        Self::Held,
        Self::AddressHeld,
        Self::BodySize,
        Self::Work,
        Self::SlowUpload,
        Self::SlowDownload,
        Self::Timeout,
        Self::Idle,
    ];

    /// Returns the name in `/metrics`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connections => "connections",
            Self::AddressConnections => "address_connections",
            Self::Requests => "requests",
            Self::AddressRequests => "address_requests",
            Self::Held => "held",
            Self::AddressHeld => "address_held",
            Self::BodySize => "body_size",
            Self::Work => "work",
            Self::SlowUpload => "slow_upload",
            Self::SlowDownload => "slow_download",
            Self::Timeout => "timeout",
            Self::Idle => "idle",
        }
    }
}

/// Returns the start of a text from a request, for the log.
pub(crate) fn shortened(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(MAX_LOGGED)
        .map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

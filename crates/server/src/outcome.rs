//! The outcome of a request, for the log and the metrics.

/// The most characters of a caller's name that the log repeats.
const LOGGED: usize = 80;

/// The outcome of a request, which its response carries to the log and the metrics.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    /// The service's code of a failure; empty for a success.
    pub(crate) code: &'static str,
    /// The limit that the request exceeded, if any.
    pub(crate) refusal: Option<Refusal>,
    /// The beginning of the id, which may be as long as a body.
    pub(crate) request_id: String,
    pub(crate) documents: usize,
    pub(crate) tokens: usize,
}

/// The limit for which a request or connection was refused.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Refusal {
    /// All connections are in use.
    Connections,
    /// An address has used its share of the connections.
    AddressConnections,
    /// The most requests are in flight.
    Requests,
    /// An address has used its share of the requests in flight.
    AddressRequests,
    /// The memory for large bodies is used up.
    Held,
    /// An address has used its share of that memory.
    AddressHeld,
    /// A body is too large.
    BodySize,
    /// Normalized texts are too long.
    Work,
    /// A body arrived too slowly.
    SlowUpload,
    /// A response was read too slowly.
    SlowDownload,
    /// Scoring took too long.
    Timeout,
    /// An idle connection was closed to make room for another one.
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

/// Returns the beginning of a caller's text.
pub(crate) fn shortened(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(LOGGED)
        .map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

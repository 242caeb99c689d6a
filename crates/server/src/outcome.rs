//! What came of a request, for the log and the metrics.

/// How much of a name that a caller chose the log repeats, in characters.
const LOGGED: usize = 80;

/// What came of a request: its response carries this to the log and the metrics.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    /// The service's code of a failure; empty for a success.
    pub(crate) code: &'static str,
    /// Which limit refused the request, where one did.
    pub(crate) refusal: Option<Refusal>,
    /// The start of it: an id may be as long as a body.
    pub(crate) request_id: String,
    pub(crate) documents: usize,
    pub(crate) tokens: usize,
}

/// Which limit a request or a connection was refused by.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Refusal {
    /// All connections are in use.
    Connections,
    /// An address has its share of the connections.
    AddressConnections,
    /// As many requests are in flight as are served at once.
    Requests,
    /// An address has its share of the requests in flight.
    AddressRequests,
    /// As many bytes of large bodies are held as there is room for.
    Held,
    /// An address has its share of the bytes held.
    AddressHeld,
    /// A body is larger than what is read.
    BodySize,
    /// Texts expand to more than what is scored in one request.
    Work,
    /// A body came too slowly.
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

    /// The name in `/metrics`.
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

/// The start of a text that a caller chose.
pub(crate) fn shortened(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(LOGGED)
        .map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

//! What a server allows, and for how long.

use std::time::Duration;

use crate::{Keys, Origins};

/// The longest timeout that is kept: deadlines are computed from timeouts, and must not overflow.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Limits and keys of a server. The defaults suit a machine that serves itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Keys that callers must present. Without any, whoever reaches the server is served.
    pub keys: Keys,
    /// Serve other machines even without keys.
    pub allow_anonymous: bool,
    /// Serve every model name, and not only those that the contract lists.
    pub any_model: bool,
    /// Web pages of these origins may call the server from a browser (CORS); none by default.
    pub cors_origins: Origins,
    /// Connections at once. One more closes the connection that has been idle for longest.
    pub max_connections: usize,
    /// Rerank requests in flight: received, and being scored or waiting for a core.
    pub max_requests: usize,
    /// Bytes of a request body. Every legal request fits the default: 128 documents and the
    /// query, of 4096 characters each, are 6.4 MB with each character escaped.
    pub max_body: usize,
    /// Bytes of all bodies over 64 KiB that are held at once, from when they arrive until their
    /// response has been read.
    pub max_held: usize,
    /// Characters of a request after compatibility decomposition (NFKD), which is what scoring
    /// takes time for: a single character can become 18.
    pub max_work: usize,
    /// The part, in percent, of the connections, of the requests in flight and of the bytes held
    /// that callers of one address can have; the rest is kept for others. An IPv6 address counts
    /// as its /64 network. Set it to 100 behind a proxy, where all callers have one address.
    pub address_share: usize,
    /// Bytes a second that a caller has to send of a body, and to read of a response, over each
    /// `rate_window`.
    pub min_rate: usize,
    /// How long a transfer is watched before it is compared with `min_rate`; zero means that it
    /// is not.
    pub rate_window: Duration,
    /// For a request that has to wait until others are done; then it is refused with 429.
    pub wait_timeout: Duration,
    /// For the headers of a request, and for a connection between requests.
    pub header_timeout: Duration,
    /// For the body of a request.
    pub body_timeout: Duration,
    /// For scoring, the wait for a free core included.
    pub work_timeout: Duration,
    /// For a caller to read a large response.
    pub response_timeout: Duration,
    /// For the requests in flight when the server is told to stop.
    pub stop_timeout: Duration,
}

impl Settings {
    /// The same with every timeout short enough to compute with.
    pub(crate) fn bounded(mut self) -> Self {
        if self.rate_window.is_zero() {
            self.rate_window = LONGEST;
        }
        for timeout in [
            &mut self.rate_window,
            &mut self.wait_timeout,
            &mut self.header_timeout,
            &mut self.body_timeout,
            &mut self.work_timeout,
            &mut self.response_timeout,
            &mut self.stop_timeout,
        ] {
            *timeout = (*timeout).min(LONGEST);
        }
        self
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keys: Keys::default(),
            allow_anonymous: false,
            any_model: false,
            cors_origins: Origins::default(),
            max_connections: 2048,
            max_requests: 64,
            max_body: 8 << 20,
            max_held: 128 << 20,
            max_work: 2 << 20,
            address_share: 75,
            min_rate: 8 << 10,
            rate_window: Duration::from_secs(10),
            wait_timeout: Duration::from_secs(1),
            header_timeout: Duration::from_secs(15),
            body_timeout: Duration::from_secs(30),
            work_timeout: Duration::from_secs(30),
            response_timeout: Duration::from_secs(120),
            stop_timeout: Duration::from_secs(30),
        }
    }
}

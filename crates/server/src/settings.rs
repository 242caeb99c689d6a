//! The settings of a server: limits, keys and timeouts.

use std::time::Duration;

use crate::{Keys, Origins};

/// The longest timeout; longer ones could overflow when deadlines are computed.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Limits and keys of a server. The defaults suit a server that only this machine uses.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Keys that callers must present. Without any, all callers are served.
    pub keys: Keys,
    /// Serve other machines even without keys.
    pub allow_anonymous: bool,
    /// Serve every model name, and not only those that the contract lists.
    pub any_model: bool,
    /// Web pages of these origins may call the server from a browser (CORS); none by default.
    pub cors_origins: Origins,
    /// The most connections. A further one closes the connection that has been idle for longest.
    pub max_connections: usize,
    /// The most rerank requests in flight: received, and being scored or waiting for a core.
    pub max_requests: usize,
    /// The most bytes of a request body. Every legal request fits the default: 128 documents and the
    /// query, of 4096 characters each, are 6.4 MB with each character escaped.
    pub max_body: usize,
    /// The most bytes of all bodies over 64 KiB that are kept at once, from their arrival until their
    /// response has been read.
    pub max_held: usize,
    /// The most characters of a request after compatibility decomposition (NFKD), which determine the
    /// time of scoring: a single character can become 18.
    pub max_work: usize,
    /// The share, in percent, of connections, of requests in flight and of memory for bodies that one
    /// address can have; the rest is reserved for others. An IPv6 address counts
    /// as its /64 network. Set 100 behind a proxy, where all callers have one address.
    pub address_share: usize,
    /// The minimum rate, in bytes a second over each `rate_window`, at which a caller must send a body
    /// and read a response.
    pub min_rate: usize,
    /// The window over which a transfer is compared with `min_rate`; zero turns the check off.
    pub rate_window: Duration,
    /// Timeout of a request that waits for others; then it is refused with 429.
    pub wait_timeout: Duration,
    /// Timeout of the headers of a request, and of an idle connection.
    pub header_timeout: Duration,
    /// Timeout of the body of a request.
    pub body_timeout: Duration,
    /// Timeout of scoring, the wait for a free core included.
    pub work_timeout: Duration,
    /// Timeout of a caller's reading of a large response.
    pub response_timeout: Duration,
    /// Timeout of the requests in flight when the server stops.
    pub stop_timeout: Duration,
}

impl Settings {
    /// Returns the settings with every timeout short enough to compute with.
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

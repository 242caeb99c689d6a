//! Settings of a server: keys, limits and timeouts.

use std::time::Duration;

use crate::{Keys, Origins};

/// The maximum timeout, so that computing a deadline does not overflow.
const MAX_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Keys, limits and timeouts of a server. The defaults suit a server for callers on its own
/// machine.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Keys that callers must send. Without keys, every caller that can reach the server is served.
    pub keys: Keys,
    /// Whether to serve other machines even without keys.
    pub allow_anonymous: bool,
    /// Whether to accept every model name, and not only those that the contract lists.
    pub any_model: bool,
    /// The origins whose web pages may call the server from a browser (CORS); none by default.
    pub cors_origins: Origins,
    /// Maximum number of connections. Another connection closes the longest idle one.
    pub max_connections: usize,
    /// Maximum number of rerank requests in flight: received, and being scored or waiting for a
    /// core.
    pub max_requests: usize,
    /// Maximum size of a request body in bytes. Every valid request fits into the default: the
    /// largest one, with each character escaped, has 6.4 MB.
    pub max_body: usize,
    /// Maximum size of all bodies over 64 KiB together, in bytes, each from its arrival until its
    /// response has been read.
    pub max_held: usize,
    /// Maximum number of characters of a request after compatibility decomposition (NFKD). The time
    /// to score a request is proportional to it; a single character can become 18.
    pub max_work: usize,
    /// The percentage of the connections, of the requests in flight and of `max_held` that callers
    /// from one address can use. An IPv6 address counts as its /64 network. Set it to 100 behind a
    /// proxy, where all callers have the same address.
    pub address_share: usize,
    /// Minimum rate, in bytes per second over each `rate_window`, at which a caller must send a
    /// body and read a response.
    pub min_rate: usize,
    /// The period over which the rate of a transfer is measured; zero disables `min_rate`.
    pub rate_window: Duration,
    /// How long a request waits for others to complete before it is refused with 429.
    pub wait_timeout: Duration,
    /// Timeout for the headers of a request, and for a connection between requests.
    pub header_timeout: Duration,
    /// Timeout for the body of a request.
    pub body_timeout: Duration,
    /// Timeout for scoring, including the wait for a core.
    pub work_timeout: Duration,
    /// Timeout for reading the response to a body over 64 KiB.
    pub response_timeout: Duration,
    /// Timeout for the requests in flight when the server is told to stop.
    pub stop_timeout: Duration,
}

impl Settings {
    /// Returns the settings with every timeout limited, so that deadlines do not overflow.
    pub(crate) fn bounded(mut self) -> Self {
        if self.rate_window.is_zero() {
            self.rate_window = MAX_TIMEOUT;
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
            *timeout = (*timeout).min(MAX_TIMEOUT);
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

//! What a server allows, and for how long.

use std::time::Duration;

use crate::Keys;

/// Limits and keys of a server. The defaults suit a machine that serves itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Keys that callers must present. Without any, whoever reaches the server is served.
    pub keys: Keys,
    /// Serve other machines even without keys.
    pub allow_anonymous: bool,
    /// Connections at once; more wait to be accepted.
    pub max_connections: usize,
    /// Rerank requests at once, from when they have been received until their answer is read.
    /// As many large ones are received at once.
    pub max_requests: usize,
    /// How long a request beyond that many waits for its turn; then it is told to try again.
    pub wait_time: Duration,
    /// Bytes of a request body. Every legal request fits the default: 128 documents and the
    /// query, of 4096 characters each, are 6.4 MB with each character escaped.
    pub max_body: usize,
    /// For the headers of a request, and for a connection between requests.
    pub header_time: Duration,
    /// For the body of a request.
    pub body_time: Duration,
    /// For scoring, the wait for a free core included.
    pub work_time: Duration,
    /// For a caller that stops reading its answer.
    pub write_time: Duration,
    /// For a caller to read a large answer, however slowly.
    pub answer_time: Duration,
    /// For the requests under way when the server is told to stop.
    pub stop_time: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keys: Keys::default(),
            allow_anonymous: false,
            max_connections: 1024,
            max_requests: 64,
            wait_time: Duration::from_secs(1),
            max_body: 8 << 20,
            header_time: Duration::from_secs(15),
            body_time: Duration::from_secs(30),
            work_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
            answer_time: Duration::from_secs(120),
            stop_time: Duration::from_secs(30),
        }
    }
}

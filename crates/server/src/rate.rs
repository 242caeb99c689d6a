//! Checks the rate of a transfer: bytes over windows of time.

use std::time::Duration;

use tokio::time::Instant;

use crate::Settings;

/// A window of time in which a transfer must bring a number of bytes.
///
/// With an average over the whole transfer, a caller with a fast start could pause for long.
pub(crate) struct Window {
    end: Instant,
    bytes: usize,
    length: Duration,
    rate: usize,
}

impl Window {
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut window = Self {
            end: Instant::now(),
            bytes: 0,
            length: settings.rate_window,
            rate: settings.min_rate,
        };
        window.begin();
        window
    }

    fn begin(&mut self) {
        let now = Instant::now();
        // Timeouts are bounded so that this does not overflow.
        self.end = now.checked_add(self.length).unwrap_or(now);
        self.bytes = 0;
    }

    pub(crate) fn count(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_add(bytes);
    }

    pub(crate) fn end(&self) -> Instant {
        self.end
    }

    /// Begins the next window, and returns whether the last one had enough bytes, at least one.
    pub(crate) fn restart(&mut self) -> bool {
        let least = self.length.as_millis().saturating_mul(self.rate as u128) / 1000;
        let enough = self.bytes as u128 >= least.max(1);
        self.begin();
        enough
    }

    pub(crate) fn rate(&self) -> usize {
        self.rate
    }

    pub(crate) fn length(&self) -> Duration {
        self.length
    }
}

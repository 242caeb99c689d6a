//! Checks that a transfer is fast enough: counts its bytes in windows of time.

use std::time::Duration;

use tokio::time::Instant;

use crate::Settings;

/// A period in which a transfer must move a minimum number of bytes.
///
/// With an average over the whole transfer, a caller could start fast and then stop for a long
/// time.
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
        // The settings bound timeouts, so this does not overflow.
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
        let minimum = self.length.as_millis().saturating_mul(self.rate as u128) / 1000;
        let enough = self.bytes as u128 >= minimum.max(1);
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

//! Calls that are ended before they are done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Ends calls early, see [`Rerank::stop_on`](crate::Rerank::stop_on). Clones are one and the
/// same switch.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// From now on, the calls send no further request.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was told to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

//! Calls that are ended before they are done.

use std::sync::Arc;

use tokio::sync::watch;

/// Ends calls early, see [`Rerank::stop_on`](crate::Rerank::stop_on). Clones are one and the
/// same switch.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// From now on, the calls send no further request.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was told to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is told to stop.
    pub async fn stopped(&self) {
        // It fails when the sender is gone, which is held here.
        let _ = self.0.subscribe().wait_for(|stopped| *stopped).await;
    }
}

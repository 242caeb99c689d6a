//! Cancellation of scoring that takes long.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Tells a scorer to stop. Clones cancel each other.
///
/// ```
/// use bigmodel_rerank_engine::Cancellation;
///
/// let cancellation = Cancellation::new();
/// let guard = cancellation.clone().cancel_on_drop();
/// assert!(!cancellation.is_cancelled());
/// drop(guard);
/// assert!(cancellation.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Returns a cancellation that is not cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels the work.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Returns whether the work is cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Returns a guard that cancels the work when it is dropped, as a future is whose caller has
    /// gone away.
    #[must_use]
    pub fn cancel_on_drop(self) -> CancelOnDrop {
        CancelOnDrop(self)
    }
}

/// Cancels work when it is dropped.
#[derive(Debug)]
pub struct CancelOnDrop(Cancellation);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

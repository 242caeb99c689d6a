//! When a request to a hub is sent again.

use std::time::Duration;

/// The attempts without progress before the work fails.
const MOST: u32 = 5;
const FIRST_DELAY: Duration = Duration::from_millis(200);
/// The bytes after which an attempt was not in vain.
pub(super) const PROGRESS: u64 = 1 << 20;

/// The failed attempts since there was progress.
#[derive(Default)]
pub(super) struct Attempts(u32);

impl Attempts {
    /// Counts a failed attempt, and waits for the next one. Returns whether there is one.
    pub(super) async fn failed(&mut self, with_progress: bool) -> bool {
        self.0 = if with_progress { 1 } else { self.0 + 1 };
        if self.0 >= MOST {
            return false;
        }
        tokio::time::sleep(FIRST_DELAY * 2_u32.pow(self.0 - 1)).await;
        true
    }
}

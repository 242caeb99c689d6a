//! How far the queries of this process are.

use std::sync::atomic::{AtomicU64, Ordering};

static SCORED: AtomicU64 = AtomicU64::new(0);

/// Returns the number of texts that this process has scored.
#[must_use]
pub fn scored_rows() -> u64 {
    SCORED.load(Ordering::Relaxed)
}

pub(crate) fn add_scored(rows: usize) {
    SCORED.fetch_add(rows as u64, Ordering::Relaxed);
}

//! The memory of queries, and the disk for what exceeds it.

use std::path::Path;
use std::sync::Arc;

use datafusion::common::{Result, resources_err};
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::{
    FairSpillPool, GreedyMemoryPool, MemoryConsumer, MemoryLimit, MemoryPool, MemoryReservation,
};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};

/// The part of the memory, as a divisor, for operators that cannot spill, such as the merge of sorted runs.
const FIXED_PART: usize = 2;

/// The rows that operators pass on together. A merge has two of these of each run in memory, so fewer
/// rows than the 8192 of DataFusion let long texts be sorted in less memory.
pub(crate) const BATCH_ROWS: usize = 2048;

/// What DataFusion calls the merge of what a sort spilled.
const SORT_MERGE: &str = "ExternalSorterMerge";

/// Returns a runtime whose partitions share a memory limit in bytes, and spill into a folder.
pub(crate) fn runtime(bytes: usize, partitions: usize, spill: &Path) -> Result<Arc<RuntimeEnv>> {
    let disk = DiskManagerMode::Directories(vec![spill.to_owned()]);
    RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(SplitPool::new(bytes, partitions)))
        .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(disk))
        .build_arc()
}

/// Returns what a sort sets aside for merging what it spilled.
pub(crate) fn merge_reservation(bytes: usize, partitions: usize) -> usize {
    // A query has a few sorts in each partition, all from the part that cannot spill.
    (bytes / FIXED_PART / (partitions * 16)).min(10 << 20)
}

/// A pool in which operators that spill leave memory for those that cannot.
///
/// With one pool for all, sorts fill it, and the merge that follows fails.
#[derive(Debug)]
struct SplitPool {
    spilling: FairSpillPool,
    fixed: GreedyMemoryPool,
    /// The most that the merge of one sort gets. It would take all that is left, and merge less at a
    /// time where it cannot.
    sort_merge: usize,
    bytes: usize,
}

impl SplitPool {
    fn new(bytes: usize, partitions: usize) -> Self {
        let fixed = bytes / FIXED_PART;
        Self {
            spilling: FairSpillPool::new(bytes - fixed),
            fixed: GreedyMemoryPool::new(fixed),
            // Two sorts of a partition may merge at the same time, and others hold memory too.
            sort_merge: fixed / (partitions * 4),
            bytes,
        }
    }

    fn of(&self, consumer: &MemoryConsumer) -> &dyn MemoryPool {
        match consumer.can_spill() {
            true => &self.spilling,
            false => &self.fixed,
        }
    }
}

impl std::fmt::Display for SplitPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.spilling, self.fixed)
    }
}

impl MemoryPool for SplitPool {
    fn name(&self) -> &str {
        "split"
    }

    fn register(&self, consumer: &MemoryConsumer) {
        self.of(consumer).register(consumer);
    }

    fn unregister(&self, consumer: &MemoryConsumer) {
        self.of(consumer).unregister(consumer);
    }

    fn grow(&self, reservation: &MemoryReservation, additional: usize) {
        self.of(reservation.consumer())
            .grow(reservation, additional);
    }

    fn shrink(&self, reservation: &MemoryReservation, shrink: usize) {
        self.of(reservation.consumer()).shrink(reservation, shrink);
    }

    fn try_grow(&self, reservation: &MemoryReservation, additional: usize) -> Result<()> {
        let consumer = reservation.consumer();
        if consumer.name().starts_with(SORT_MERGE)
            && reservation.size().saturating_add(additional) > self.sort_merge
        {
            return resources_err!(
                "the merge of a sort needs more than its part of the memory, {} bytes",
                self.sort_merge
            );
        }
        self.of(consumer).try_grow(reservation, additional)
    }

    fn reserved(&self) -> usize {
        self.spilling.reserved() + self.fixed.reserved()
    }

    fn memory_limit(&self) -> MemoryLimit {
        MemoryLimit::Finite(self.bytes)
    }
}

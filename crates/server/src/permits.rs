//! Permits for limited resources, shared fairly between addresses; small requests go first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use crate::address::{Address, share};

/// The handicap of a request for each MiB of its body: it is queued as if it had arrived later.
const DELAY_PER_MIB: Duration = Duration::from_secs(30);
/// The maximum handicap, so that large requests do not wait forever behind small ones.
const MAX_DELAY: Duration = Duration::from_secs(10);

/// A limited number of units. Of the requests that wait, one from the address that holds the fewest
/// units is first, then the one with the earliest rank.
#[derive(Clone)]
pub(crate) struct Pool(Arc<Mutex<Inner>>);

struct Inner {
    free: usize,
    /// The maximum number of units per address.
    share: usize,
    held: HashMap<Address, usize>,
    waiting: Vec<Waiter>,
    /// The number of the next waiter.
    next: u64,
}

struct Waiter {
    number: u64,
    address: Address,
    units: usize,
    /// The time of arrival, delayed by the size of the body.
    rank: Instant,
    grant: oneshot::Sender<Permit>,
}

/// The reason why no permit was granted in time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Busy {
    /// All units are held.
    All,
    /// The address has used its share.
    Address,
}

impl Pool {
    /// Returns a pool of `units`, of which one address can hold `percent`.
    pub(crate) fn new(units: usize, percent: usize) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            free: units.max(1),
            share: share(units, percent),
            held: HashMap::new(),
            waiting: Vec::new(),
            next: 0,
        })))
    }

    /// Waits for `units`, for a request with a body of `bytes`. More units than the share of an
    /// address count as the share, and are granted when the address holds no others.
    pub(crate) async fn acquire(
        &self,
        address: Address,
        units: usize,
        bytes: usize,
        wait: Duration,
    ) -> Result<Permit, Busy> {
        let (number, granted) = self.enqueue(address, units, bytes);
        // Also leaves the queue if the caller disconnects, which drops this future.
        let _guard = QueueGuard { pool: self, number };
        match timeout(wait, granted).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(self.busy(address, units)),
        }
    }

    fn enqueue(
        &self,
        address: Address,
        units: usize,
        bytes: usize,
    ) -> (u64, oneshot::Receiver<Permit>) {
        let (grant, granted) = oneshot::channel();
        let mut inner = self.lock();
        let number = inner.next;
        inner.next = inner.next.wrapping_add(1);
        let now = Instant::now();
        let waiter = Waiter {
            number,
            address,
            units: units.clamp(1, inner.share),
            rank: now.checked_add(delay(bytes)).unwrap_or(now),
            grant,
        };
        inner.waiting.push(waiter);
        drop(inner);
        self.grant();
        (number, granted)
    }

    /// Grants free units to waiters.
    fn grant(&self) {
        loop {
            let mut inner = self.lock();
            let Some(waiter) = inner.next_waiter() else {
                return;
            };
            inner.take(waiter.address, waiter.units);
            drop(inner);
            let permit = Permit {
                pool: self.clone(),
                address: waiter.address,
                units: waiter.units,
            };
            // If the waiter has left, sending fails and the dropped permit goes to the next one.
            drop(waiter.grant.send(permit));
        }
    }

    fn release(&self, address: Address, units: usize) {
        self.lock().put_back(address, units);
        self.grant();
    }

    fn busy(&self, address: Address, units: usize) -> Busy {
        let inner = self.lock();
        let units = units.clamp(1, inner.share);
        if units <= inner.free && inner.held_by(address).saturating_add(units) > inner.share {
            Busy::Address
        } else {
            Busy::All
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn held_by(&self, address: Address) -> usize {
        self.held.get(&address).copied().unwrap_or_default()
    }

    /// Removes the next waiter from the queue, if there are enough units for it.
    fn next_waiter(&mut self) -> Option<Waiter> {
        let (index, next) = self
            .waiting
            .iter()
            .enumerate()
            .filter(|(_, one)| self.held_by(one.address).saturating_add(one.units) <= self.share)
            .min_by_key(|(_, one)| (self.held_by(one.address), one.rank, one.number))?;
        // A smaller waiter must not overtake it, or it might never get enough units.
        (next.units <= self.free).then(|| self.waiting.swap_remove(index))
    }

    fn take(&mut self, address: Address, units: usize) {
        self.free = self.free.saturating_sub(units);
        let held = self.held.entry(address).or_default();
        *held = held.saturating_add(units);
    }

    fn put_back(&mut self, address: Address, units: usize) {
        self.free = self.free.saturating_add(units);
        if let Some(held) = self.held.get_mut(&address) {
            *held = held.saturating_sub(units);
            if *held == 0 {
                self.held.remove(&address);
            }
        }
    }
}

/// Units, released on drop.
pub(crate) struct Permit {
    pool: Pool,
    address: Address,
    units: usize,
}

impl Permit {
    /// Releases all but `units`.
    pub(crate) fn shrink(&mut self, units: usize) {
        let surplus = self.units.saturating_sub(units.max(1));
        if surplus > 0 {
            self.units = self.units.saturating_sub(surplus);
            self.pool.release(self.address, surplus);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.pool.release(self.address, self.units);
    }
}

/// Removes a waiter from the queue when it is dropped, if the waiter is still there.
struct QueueGuard<'a> {
    pool: &'a Pool,
    number: u64,
}

impl Drop for QueueGuard<'_> {
    fn drop(&mut self) {
        let mut inner = self.pool.lock();
        inner.waiting.retain(|waiter| waiter.number != self.number);
        drop(inner);
        // There may be enough units for the waiters behind it.
        self.pool.grant();
    }
}

fn delay(bytes: usize) -> Duration {
    // Bounded, so that the product cannot overflow.
    let mib = bytes.min(1 << 30) as f64 / f64::from(1 << 20);
    DELAY_PER_MIB.mul_f64(mib).min(MAX_DELAY)
}

#[cfg(test)]
mod tests;

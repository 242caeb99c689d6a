//! The open connections by address, and which one is closed for another.
//!
//! Up to the limits every connection is served. Beyond them, the one that has been idle for
//! longest is closed. If none is idle, a few more are served a single request that is not for
//! ranking, so that health checks always succeed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

use super::paced::Blocked;
use crate::address::{Address, share};
use crate::outcome::Refusal;

/// Connections beyond the limits that are served restricted, in all and from one address.
const RESTRICTED: usize = 64;
const RESTRICTED_OF_ADDRESS: usize = 16;

pub(super) struct Registry(Arc<Mutex<Inner>>);

struct Inner {
    open: HashMap<u64, Arc<Connection>>,
    of_address: HashMap<Address, Counts>,
    total: Counts,
    next: u64,
    limit: usize,
    /// The most connections of one address.
    share: usize,
    start: Instant,
}

/// Returns the number of connections.
#[derive(Clone, Copy, Default)]
struct Counts {
    full: usize,
    restricted: usize,
}

/// The state of an open connection.
pub(super) struct Connection {
    number: u64,
    pub(super) address: Address,
    /// The limit for which it is served a single request only, if any.
    pub(super) restricted: Option<Refusal>,
    /// Requests whose response has not been handed over.
    requests: AtomicUsize,
    /// When it became idle, in milliseconds since the registry was made.
    idle_since: AtomicU64,
    pub(super) blocked: Blocked,
    pub(super) close: Notify,
}

/// The decision on a new connection.
pub(super) enum Admission {
    /// It is served; another connection is closed for it, if given.
    Served(Open, Option<Arc<Connection>>),
    /// It is rejected.
    Refused(Refusal),
}

impl Registry {
    pub(super) fn new(limit: usize, percent: usize) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            open: HashMap::new(),
            of_address: HashMap::new(),
            total: Counts::default(),
            next: 0,
            limit: limit.max(1),
            share: share(limit, percent),
            start: Instant::now(),
        })))
    }

    /// Registers a new connection of this address.
    pub(super) fn admit(&self, address: Address) -> Admission {
        let mut inner = self.lock();
        let Some(reason) = inner.full(address) else {
            return Admission::Served(self.enter(&mut inner, address, None), None);
        };
        if let Some(idle) = inner.idle(|one| match reason {
            Refusal::AddressConnections => one.restricted.is_none() && one.address == address,
            _ => one.restricted.is_none(),
        }) {
            inner.remove(&idle);
            return Admission::Served(self.enter(&mut inner, address, None), Some(idle));
        }
        let of_address = inner.counts(address).restricted;
        let evicted = if of_address >= RESTRICTED_OF_ADDRESS {
            inner.idle(|one| one.restricted.is_some() && one.address == address)
        } else if inner.total.restricted >= RESTRICTED {
            inner.idle(|one| one.restricted.is_some())
        } else {
            return Admission::Served(self.enter(&mut inner, address, Some(reason)), None);
        };
        let Some(evicted) = evicted else {
            return Admission::Refused(reason);
        };
        inner.remove(&evicted);
        let open = self.enter(&mut inner, address, Some(reason));
        Admission::Served(open, Some(evicted))
    }

    /// Removes the connection that has been idle for longest, if any is idle.
    pub(super) fn evict(&self) -> Option<Arc<Connection>> {
        let mut inner = self.lock();
        let idle = inner.idle(|_| true)?;
        inner.remove(&idle);
        Some(idle)
    }

    fn enter(&self, inner: &mut Inner, address: Address, restricted: Option<Refusal>) -> Open {
        let number = inner.next;
        inner.next = inner.next.wrapping_add(1);
        let connection = Arc::new(Connection {
            number,
            address,
            restricted,
            requests: AtomicUsize::new(0),
            idle_since: AtomicU64::new(inner.now()),
            blocked: Blocked::default(),
            close: Notify::new(),
        });
        inner.open.insert(number, Arc::clone(&connection));
        inner.count(&connection, |count| count.saturating_add(1));
        Open {
            connection,
            registry: Arc::clone(&self.0),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.0)
    }
}

fn lock(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Inner {
    /// Returns the limit that another connection of the address would exceed, if any.
    fn full(&self, address: Address) -> Option<Refusal> {
        if self.counts(address).full >= self.share {
            Some(Refusal::AddressConnections)
        } else if self.total.full >= self.limit {
            Some(Refusal::Connections)
        } else {
            None
        }
    }

    fn counts(&self, address: Address) -> Counts {
        self.of_address.get(&address).copied().unwrap_or_default()
    }

    /// Of the idle connections that are asked for: one of the address with the most, and the one
    /// that has been idle for longest.
    fn idle(&self, wanted: impl Fn(&Connection) -> bool) -> Option<Arc<Connection>> {
        let idle = self
            .open
            .values()
            .filter(|one| one.is_idle() && wanted(one));
        let longest = idle.min_by_key(|one| {
            let of_address = std::cmp::Reverse(self.counts(one.address).full);
            (
                of_address,
                one.idle_since.load(Ordering::Relaxed),
                one.number,
            )
        });
        longest.map(Arc::clone)
    }

    fn remove(&mut self, connection: &Connection) {
        if self.open.remove(&connection.number).is_some() {
            self.count(connection, |count| count.saturating_sub(1));
        }
    }

    fn count(&mut self, connection: &Connection, change: fn(usize) -> usize) {
        let of_address = self.of_address.entry(connection.address).or_default();
        for counts in [of_address, &mut self.total] {
            let count = match connection.restricted {
                None => &mut counts.full,
                Some(_) => &mut counts.restricted,
            };
            *count = change(*count);
        }
        let counts = self.counts(connection.address);
        if counts.full == 0 && counts.restricted == 0 {
            self.of_address.remove(&connection.address);
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Connection {
    /// Whether no request is in flight, and the peer has taken every response.
    pub(super) fn is_idle(&self) -> bool {
        self.requests.load(Ordering::Acquire) == 0 && !self.blocked.get()
    }
}

/// An open connection; dropped when it ends.
pub(super) struct Open {
    pub(super) connection: Arc<Connection>,
    registry: Arc<Mutex<Inner>>,
}

impl Open {
    /// Counts a request until the guard is dropped.
    pub(super) fn begin(&self) -> InRequest {
        self.connection.requests.fetch_add(1, Ordering::AcqRel);
        InRequest {
            connection: Arc::clone(&self.connection),
            registry: Arc::clone(&self.registry),
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        lock(&self.registry).remove(&self.connection);
    }
}

/// A request in flight, for which its connection is not idle.
pub(super) struct InRequest {
    connection: Arc<Connection>,
    registry: Arc<Mutex<Inner>>,
}

impl Drop for InRequest {
    fn drop(&mut self) {
        let now = lock(&self.registry).now();
        self.connection.idle_since.store(now, Ordering::Relaxed);
        self.connection.requests.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Admission, Open, RESTRICTED, RESTRICTED_OF_ADDRESS, Refusal, Registry};

    fn address(last: u8) -> Address {
        Address::new([192, 0, 2, last].into())
    }

    /// Whether the connection is restricted, and whether one was closed for it.
    fn admit(registry: &Registry, last: u8) -> Result<(Open, bool, bool), Refusal> {
        match registry.admit(address(last)) {
            Admission::Served(open, closed) => {
                let restricted = open.connection.restricted.is_some();
                Ok((open, restricted, closed.is_some()))
            }
            Admission::Refused(reason) => Err(reason),
        }
    }

    #[test]
    fn a_new_connection_closes_the_one_that_was_idle_for_longest() {
        let registry = Registry::new(2, 100);
        let (first, ..) = admit(&registry, 1).unwrap();
        let (second, ..) = admit(&registry, 1).unwrap();
        let _busy = first.begin();
        let Admission::Served(third, Some(closed)) = registry.admit(address(2)) else {
            panic!("not served");
        };
        assert_eq!(closed.number, second.connection.number);
        drop(second);
        assert_eq!(registry.lock().total.full, 2);
        drop((third, first));
        assert!(registry.lock().of_address.is_empty());
        assert_eq!(registry.lock().total.full, 0);
    }

    #[test]
    fn an_address_closes_its_own_connections_at_its_share() {
        let registry = Registry::new(4, 50);
        let (idle, ..) = admit(&registry, 1).unwrap();
        let _other = admit(&registry, 2).unwrap();
        let (busy, ..) = admit(&registry, 1).unwrap();
        let _request = busy.begin();
        let Admission::Served(_third, Some(closed)) = registry.admit(address(1)) else {
            panic!("not served");
        };
        assert_eq!(closed.number, idle.connection.number);
    }

    #[test]
    fn where_none_is_idle_a_few_are_served_restricted_and_the_rest_refused() {
        let registry = Registry::new(1, 100);
        let (only, ..) = admit(&registry, 1).unwrap();
        let _request = only.begin();
        let mut held = Vec::new();
        for address in 2..2 + u8::try_from(RESTRICTED / RESTRICTED_OF_ADDRESS).unwrap() {
            for _ in 0..RESTRICTED_OF_ADDRESS {
                let (open, restricted, closed) = admit(&registry, address).unwrap();
                assert!(restricted && !closed);
                let request = open.begin();
                held.push((open, request));
            }
            let refused = admit(&registry, address).map(drop);
            assert_eq!(refused, Err(Refusal::Connections));
        }
        assert_eq!(admit(&registry, 100).map(drop), Err(Refusal::Connections));
        let (open, request) = held.pop().unwrap();
        drop(request);
        let (_, restricted, closed) = admit(&registry, 100).unwrap();
        assert!(restricted && closed);
        drop(open);
    }
}

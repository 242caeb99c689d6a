//! The open connections by address, and which one is closed to make room for another.
//!
//! Up to the limits, every connection is served. Beyond them, the longest idle connection is
//! closed. If none is idle, a few more connections are restricted to a single request that is not a
//! ranking, so that health checks always work.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

use super::paced::Blocked;
use crate::address::{Address, share};
use crate::outcome::Refusal;

/// The maximum number of restricted connections, in total and per address.
const MAX_RESTRICTED: usize = 64;
const MAX_RESTRICTED_PER_ADDRESS: usize = 16;

pub(super) struct Registry(Arc<Mutex<Inner>>);

struct Inner {
    open: HashMap<u64, Arc<Connection>>,
    by_address: HashMap<Address, Counts>,
    total: Counts,
    next: u64,
    limit: usize,
    /// The maximum number of connections per address.
    share: usize,
    start: Instant,
}

/// Numbers of connections: not restricted, and restricted.
#[derive(Clone, Copy, Default)]
struct Counts {
    full: usize,
    restricted: usize,
}

/// An open connection.
pub(super) struct Connection {
    number: u64,
    pub(super) address: Address,
    /// The limit that restricts it to a single request that is not a ranking, if any.
    pub(super) restricted: Option<Refusal>,
    /// The number of requests whose response is not complete.
    requests: AtomicUsize,
    /// When it became idle, in milliseconds since the start of the registry.
    idle_since: AtomicU64,
    pub(super) blocked: Blocked,
    pub(super) close: Notify,
}

/// The decision about a new connection.
pub(super) enum Admission {
    /// It is served; the other connection, if any, must be closed.
    Served(Open, Option<Arc<Connection>>),
    /// It is refused because of this limit.
    Refused(Refusal),
}

impl Registry {
    pub(super) fn new(limit: usize, percent: usize) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            open: HashMap::new(),
            by_address: HashMap::new(),
            total: Counts::default(),
            next: 0,
            limit: limit.max(1),
            share: share(limit, percent),
            start: Instant::now(),
        })))
    }

    /// Decides about a new connection from this address, and adds it if it is served.
    pub(super) fn admit(&self, address: Address) -> Admission {
        let mut inner = self.lock();
        let Some(reason) = inner.exceeded_limit(address) else {
            return Admission::Served(self.add(&mut inner, address, None), None);
        };
        if let Some(idle) = inner.longest_idle(|one| match reason {
            Refusal::AddressConnections => one.restricted.is_none() && one.address == address,
            _ => one.restricted.is_none(),
        }) {
            inner.remove(&idle);
            return Admission::Served(self.add(&mut inner, address, None), Some(idle));
        }
        let restricted = inner.counts(address).restricted;
        let evicted = if restricted >= MAX_RESTRICTED_PER_ADDRESS {
            inner.longest_idle(|one| one.restricted.is_some() && one.address == address)
        } else if inner.total.restricted >= MAX_RESTRICTED {
            inner.longest_idle(|one| one.restricted.is_some())
        } else {
            return Admission::Served(self.add(&mut inner, address, Some(reason)), None);
        };
        let Some(evicted) = evicted else {
            return Admission::Refused(reason);
        };
        inner.remove(&evicted);
        let open = self.add(&mut inner, address, Some(reason));
        Admission::Served(open, Some(evicted))
    }

    /// Removes and returns the longest idle connection, if any is idle.
    pub(super) fn evict(&self) -> Option<Arc<Connection>> {
        let mut inner = self.lock();
        let idle = inner.longest_idle(|_| true)?;
        inner.remove(&idle);
        Some(idle)
    }

    fn add(&self, inner: &mut Inner, address: Address, restricted: Option<Refusal>) -> Open {
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
    /// Returns the limit that another connection from the address would exceed.
    fn exceeded_limit(&self, address: Address) -> Option<Refusal> {
        if self.counts(address).full >= self.share {
            Some(Refusal::AddressConnections)
        } else if self.total.full >= self.limit {
            Some(Refusal::Connections)
        } else {
            None
        }
    }

    fn counts(&self, address: Address) -> Counts {
        self.by_address.get(&address).copied().unwrap_or_default()
    }

    /// Returns the longest idle of the wanted connections, from the address with the most
    /// connections.
    fn longest_idle(&self, wanted: impl Fn(&Connection) -> bool) -> Option<Arc<Connection>> {
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
        let of_address = self.by_address.entry(connection.address).or_default();
        for counts in [of_address, &mut self.total] {
            let count = match connection.restricted {
                None => &mut counts.full,
                Some(_) => &mut counts.restricted,
            };
            *count = change(*count);
        }
        let counts = self.counts(connection.address);
        if counts.full == 0 && counts.restricted == 0 {
            self.by_address.remove(&connection.address);
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Connection {
    /// Returns whether no request is in flight and the peer has read every response.
    pub(super) fn is_idle(&self) -> bool {
        self.requests.load(Ordering::Acquire) == 0 && !self.blocked.get()
    }
}

/// Keeps a connection in the registry until this is dropped.
pub(super) struct Open {
    pub(super) connection: Arc<Connection>,
    registry: Arc<Mutex<Inner>>,
}

impl Open {
    /// Counts a request as in flight until the guard is dropped.
    pub(super) fn begin(&self) -> RequestGuard {
        self.connection.requests.fetch_add(1, Ordering::AcqRel);
        RequestGuard {
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

/// A request in flight: its connection is not idle until this is dropped.
pub(super) struct RequestGuard {
    connection: Arc<Connection>,
    registry: Arc<Mutex<Inner>>,
}

impl Drop for RequestGuard {
    fn drop(&mut self) {
        let now = lock(&self.registry).now();
        self.connection.idle_since.store(now, Ordering::Relaxed);
        self.connection.requests.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Address, Admission, MAX_RESTRICTED, MAX_RESTRICTED_PER_ADDRESS, Open, Refusal, Registry,
    };

    fn address(last: u8) -> Address {
        Address::new([192, 0, 2, last].into())
    }

    /// Returns the connection, whether it is restricted, and whether another must be closed for it.
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
    fn a_new_connection_closes_the_longest_idle_one() {
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
        assert!(registry.lock().by_address.is_empty());
        assert_eq!(registry.lock().total.full, 0);
    }

    #[test]
    fn an_address_at_its_share_closes_one_of_its_own_connections() {
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
    fn if_none_is_idle_a_few_are_restricted_and_the_rest_refused() {
        let registry = Registry::new(1, 100);
        let (only, ..) = admit(&registry, 1).unwrap();
        let _request = only.begin();
        let mut held = Vec::new();
        for address in 2..2 + u8::try_from(MAX_RESTRICTED / MAX_RESTRICTED_PER_ADDRESS).unwrap() {
            for _ in 0..MAX_RESTRICTED_PER_ADDRESS {
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

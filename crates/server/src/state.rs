//! State that all requests share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;

use bigmodel_rerank_engine::Scorer;

use crate::Settings;
use crate::address::Address;
use crate::failure::Failure;
use crate::metrics::Metrics;
use crate::permits::{Busy, Permit, Pool};

/// The maximum size in bytes of a body that needs no permit.
pub(crate) const SMALL_BODY: usize = 64 << 10;
/// The bytes of one unit of `State::held`.
const UNIT: usize = 1 << 10;

pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) scorer: Box<dyn Scorer>,
    /// One unit per rerank request in flight.
    requests: Pool,
    /// One unit per KiB of large bodies, from their arrival until their response has been read. It
    /// is separate from `requests`, so that slow callers do not keep out others.
    held: Pool,
    /// One unit per core: more concurrent work would only delay all of it.
    cores: Pool,
    pub(crate) metrics: Metrics,
    stopping: AtomicBool,
}

impl State {
    pub(crate) fn new(scorer: impl Scorer + 'static, settings: Settings) -> Arc<Self> {
        let settings = settings.bounded();
        let cores = available_parallelism().map_or(1, usize::from);
        let percent = settings.address_share;
        Arc::new(Self {
            requests: Pool::new(settings.max_requests, percent),
            held: Pool::new(settings.max_held / UNIT, percent),
            // No core is reserved for other addresses, because they get the next free one anyway.
            cores: Pool::new(cores, 100),
            metrics: Metrics::new(&scorer.description()),
            scorer: Box::new(scorer),
            stopping: AtomicBool::new(false),
            settings,
        })
    }

    /// Waits for the permit of a request in flight, with a body of `bytes`.
    pub(crate) async fn request_permit(
        &self,
        address: Address,
        bytes: usize,
    ) -> Result<Permit, Failure> {
        let wait = self.settings.wait_timeout;
        let permit = self.requests.acquire(address, 1, bytes, wait).await;
        permit.map_err(|busy| match busy {
            Busy::All => Failure::too_many_requests(),
            Busy::Address => Failure::too_many_requests_of_address(),
        })
    }

    /// Waits for the permit of a large body of `bytes`.
    pub(crate) async fn held_permit(
        &self,
        address: Address,
        bytes: usize,
    ) -> Result<Permit, Failure> {
        let wait = self.settings.wait_timeout;
        let permit = self.held.acquire(address, held_units(bytes), bytes, wait);
        permit.await.map_err(|busy| match busy {
            Busy::All => Failure::too_much_held(),
            Busy::Address => Failure::too_much_held_for_address(),
        })
    }

    /// Waits for a core, up to `work_timeout`.
    pub(crate) async fn core(&self, address: Address, bytes: usize) -> Result<Permit, Failure> {
        let wait = self.settings.work_timeout;
        let permit = self.cores.acquire(address, 1, bytes, wait).await;
        permit.map_err(|_| Failure::work_timeout())
    }

    /// Makes all further responses close their connection.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// Returns the units of `State::held` for a body of `bytes`.
pub(crate) fn held_units(bytes: usize) -> usize {
    bytes.div_ceil(UNIT)
}

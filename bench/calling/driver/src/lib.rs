//! Runs a contender on one thread with a given number of calls and concurrency, and prints time
//! and memory.
//!
//! A contender is two functions: one creates its client, the other makes a call. Its command line
//! is `CONTENDER BASE_URL CASE CALLS WARM CONCURRENCY plain|documents`, where CASE is a file with
//! the query and the documents, separated by U+001E.

mod case;
mod memory;
mod response_summary;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use tokio::task::LocalSet;

pub use case::Case;
pub use response_summary::ResponseSummary;

/// The key that every contender sends.
pub const KEY: &str = "0123456789abcdef.fedcba9876543210";

/// The request id that every contender sends, except those that create their own in this form.
pub const REQUEST_ID: &str = "6f6c2a52-98ac-4d53-8bd6-0c0ad4f7f0de";

/// Runs the contender as the command line says, and prints one line of JSON.
pub fn run<C: 'static>(
    make: impl FnOnce(&'static Case) -> C,
    call: impl AsyncFn(&'static C, &'static Case) -> ResponseSummary + 'static,
) {
    let (case, work) = case::from_command_line();
    let case: &'static Case = Box::leak(Box::new(case));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client: &'static C = Box::leak(Box::new(runtime.block_on(async { make(case) })));
    let calls = Rc::new(Calls {
        one: async move || call(client, case).await,
        left: Cell::new(0),
        summary: Cell::new(None),
        times: RefCell::new(Vec::with_capacity(work.calls.max(work.warm))),
    });
    runtime.block_on(calls.make(work.warm, work.concurrency));
    calls.times.borrow_mut().clear();
    let (cpu, wall) = (cpu_time(), Instant::now());
    runtime.block_on(calls.make(work.calls, work.concurrency));
    let (cpu, wall) = (cpu_time() - cpu, wall.elapsed());
    let mut times = calls.times.borrow_mut();
    times.sort_unstable();
    let percentile = |percent: usize| {
        let index = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(index).map_or(0, Duration::as_nanos)
    };
    println!(
        r#"{{"calls":{},"wall_ns":{},"cpu_ns":{},"p50_ns":{},"p99_ns":{},"peak_kib":{},"response":"{}"}}"#,
        work.calls,
        wall.as_nanos(),
        cpu.as_nanos(),
        percentile(50),
        percentile(99),
        memory::peak_kib(),
        calls
            .summary
            .get()
            .map_or(String::new(), |summary| summary.to_string()),
    );
}

/// The remaining calls, and the times of those that have finished.
struct Calls<F> {
    one: F,
    left: Cell<usize>,
    summary: Cell<Option<ResponseSummary>>,
    times: RefCell<Vec<Duration>>,
}

impl<F: AsyncFn() -> ResponseSummary + 'static> Calls<F> {
    /// Makes `count` calls, `concurrency` at once.
    async fn make(self: &Rc<Self>, count: usize, concurrency: usize) {
        self.left.set(count);
        let tasks = LocalSet::new();
        for _ in 0..concurrency {
            let calls = Rc::clone(self);
            tasks.spawn_local(async move {
                while let Some(left) = calls.left.get().checked_sub(1) {
                    calls.left.set(left);
                    calls.make_one().await;
                }
            });
        }
        tasks.await;
    }

    async fn make_one(&self) {
        let start = Instant::now();
        let summary = (self.one)().await;
        self.times.borrow_mut().push(start.elapsed());
        let before = self.summary.replace(Some(summary)).unwrap_or(summary);
        assert_eq!(before, summary, "two calls returned different responses");
    }
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        time.tv_nsec.unsigned_abs() as u32,
    )
}

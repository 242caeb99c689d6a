//! Runs a contender: so many calls, so many at once, on one thread, and prints what it took.
//!
//! A contender is two functions: one makes its client, one makes a call. It is run as
//! `CONTENDER BASE_URL CASE CALLS WARM CONCURRENCY plain|documents`, where CASE is a file of
//! texts with U+001E between them, the query first.

mod answer;
mod case;
mod memory;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use tokio::task::LocalSet;

pub use answer::Answer;
pub use case::Case;

/// The key that every contender sends.
pub const KEY: &str = "0123456789abcdef.fedcba9876543210";

/// The request id that every contender sends, but for those that make their own of this form.
pub const REQUEST_ID: &str = "6f6c2a52-98ac-4d53-8bd6-0c0ad4f7f0de";

/// Runs the contender that the command line is for, and prints one line of JSON.
pub fn run<C: 'static>(
    make: impl FnOnce(&'static Case) -> C,
    call: impl AsyncFn(&'static C, &'static Case) -> Answer + 'static,
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
        answer: Cell::new(None),
        times: RefCell::new(Vec::with_capacity(work.calls.max(work.warm))),
    });
    runtime.block_on(calls.make(work.warm, work.concurrency));
    calls.times.borrow_mut().clear();
    let (cpu, wall) = (cpu_time(), Instant::now());
    runtime.block_on(calls.make(work.calls, work.concurrency));
    let (cpu, wall) = (cpu_time() - cpu, wall.elapsed());
    let mut times = calls.times.borrow_mut();
    times.sort_unstable();
    let at = |part: usize| {
        let place = (times.len() * part / 100).min(times.len().saturating_sub(1));
        times.get(place).map_or(0, Duration::as_nanos)
    };
    println!(
        r#"{{"calls":{},"wall_ns":{},"cpu_ns":{},"p50_ns":{},"p99_ns":{},"peak_kib":{},"answer":"{}"}}"#,
        work.calls,
        wall.as_nanos(),
        cpu.as_nanos(),
        at(50),
        at(99),
        memory::peak_kib(),
        calls
            .answer
            .get()
            .map_or(String::new(), |answer| answer.to_string()),
    );
}

/// Calls under way, and what became of those that are done.
struct Calls<F> {
    one: F,
    left: Cell<usize>,
    answer: Cell<Option<Answer>>,
    times: RefCell<Vec<Duration>>,
}

impl<F: AsyncFn() -> Answer + 'static> Calls<F> {
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
        let answer = (self.one)().await;
        self.times.borrow_mut().push(start.elapsed());
        let before = self.answer.replace(Some(answer)).unwrap_or(answer);
        assert_eq!(before, answer, "two calls gave different answers");
    }
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        time.tv_nsec.unsigned_abs() as u32,
    )
}

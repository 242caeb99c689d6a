//! One thread for each core, shared by all requests: they take turns, a document at a time.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::runtime::Core;

/// What a request wants to have done, in steps that may run at the same time.
pub(crate) trait Work: Send + Sync {
    /// The number of steps.
    fn steps(&self) -> usize;
    /// Does a step; the steps before it have begun.
    fn step(&self, index: usize, core: &Core);
}

/// The threads, which end when this is dropped.
pub(crate) struct Workers {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    /// The requests with steps that nobody has begun, the next one first.
    open: VecDeque<Arc<Request>>,
    is_closed: bool,
}

struct Request {
    work: Arc<dyn Work>,
    /// The next step.
    next: AtomicUsize,
    /// The steps that are not done yet.
    left: Mutex<usize>,
    done: Condvar,
}

impl Workers {
    pub(crate) fn new(count: usize) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            changed: Condvar::new(),
        });
        let mut workers = Self {
            shared: Arc::clone(&shared),
            threads: Vec::new(),
        };
        for index in 0..count.max(1) {
            let shared = Arc::clone(&shared);
            let builder = thread::Builder::new().name(format!("model-{index}"));
            workers.threads.push(builder.spawn(move || shared.serve())?);
        }
        Ok(workers)
    }

    /// Does all steps, and returns when they are done.
    pub(crate) fn run(&self, work: Arc<dyn Work>) {
        let steps = work.steps();
        if steps == 0 {
            return;
        }
        let request = Arc::new(Request {
            work,
            next: AtomicUsize::new(0),
            left: Mutex::new(steps),
            done: Condvar::new(),
        });
        lock(&self.shared.queue)
            .open
            .push_back(Arc::clone(&request));
        self.shared.changed.notify_all();
        let mut left = lock(&request.left);
        while *left > 0 {
            left = request
                .done
                .wait(left)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        lock(&self.shared.queue).is_closed = true;
        self.shared.changed.notify_all();
        for thread in self.threads.drain(..) {
            // A thread ends by itself; steps do not panic.
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// Takes steps of the requests in turn, until there will be no more.
    fn serve(&self) {
        let core = Core::new();
        while let Some((request, index)) = self.next() {
            // A panic ends one request: it lacks the result of the step.
            let step = AssertUnwindSafe(|| request.work.step(index, &core));
            if catch_unwind(step).is_err() {
                tracing::error!("scoring a document panicked");
            }
            let mut left = lock(&request.left);
            *left = left.saturating_sub(1);
            if *left == 0 {
                request.done.notify_all();
            }
        }
    }

    fn next(&self) -> Option<(Arc<Request>, usize)> {
        let mut queue = lock(&self.queue);
        loop {
            if let Some(request) = queue.open.pop_front() {
                let index = request.next.fetch_add(1, Ordering::Relaxed);
                if index.saturating_add(1) < request.work.steps() {
                    queue.open.push_back(Arc::clone(&request));
                }
                return Some((request, index));
            }
            if queue.is_closed {
                return None;
            }
            queue = self
                .changed
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::{Core, Work, Workers};

    struct Steps {
        name: usize,
        count: usize,
        done: Arc<Mutex<Vec<(usize, usize)>>>,
    }

    impl Work for Steps {
        fn steps(&self) -> usize {
            self.count
        }

        fn step(&self, index: usize, _: &Core) {
            std::thread::sleep(std::time::Duration::from_millis(2));
            self.done.lock().unwrap().push((self.name, index));
        }
    }

    /// Panics in its first step.
    struct Panicking(Arc<Mutex<Vec<usize>>>);

    impl Work for Panicking {
        fn steps(&self) -> usize {
            3
        }

        fn step(&self, index: usize, _: &Core) {
            assert!(index > 0, "a defect");
            self.0.lock().unwrap().push(index);
        }
    }

    #[test]
    fn a_step_that_panics_ends_neither_the_request_nor_the_thread() {
        let workers = Workers::new(1).unwrap();
        let done = Arc::<Mutex<Vec<_>>>::default();
        for _ in 0..2 {
            workers.run(Arc::new(Panicking(Arc::clone(&done))));
        }
        assert_eq!(*done.lock().unwrap(), [1, 2, 1, 2]);
    }

    #[test]
    fn every_step_of_every_request_is_done_once_and_a_short_one_does_not_wait_for_a_long_one() {
        let workers = Arc::new(Workers::new(1).unwrap());
        let done = Arc::<Mutex<Vec<_>>>::default();
        let run = |name, count| {
            let (workers, done) = (Arc::clone(&workers), Arc::clone(&done));
            std::thread::spawn(move || workers.run(Arc::new(Steps { name, count, done })))
        };
        let long = run(0, 100);
        while done.lock().unwrap().is_empty() {
            std::thread::yield_now();
        }
        run(1, 3).join().unwrap();
        let at = |name| {
            let done = done.lock().unwrap();
            done.iter().filter(|(one, _)| *one == name).count()
        };
        assert!(at(1) == 3 && at(0) < 100, "{} of the long request", at(0));
        long.join().unwrap();
        let mut all = done.lock().unwrap().clone();
        all.sort_unstable();
        let expected = (0..100)
            .map(|step| (0, step))
            .chain((0..3).map(|step| (1, step)));
        assert_eq!(all, expected.collect::<Vec<_>>());
        workers.run(Arc::new(Steps {
            name: 2,
            count: 0,
            done: Arc::clone(&done),
        }));
    }
}

//! Signals: the first one stops the work, but not the requests in flight. A second one ends the
//! program at once, and so does the first when no request is in flight any more.

use std::io::{self, Write};
use std::process;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use bigmodel_rerank::CancellationToken;
use indicatif::ProgressBar;

use crate::signals::Signals;

/// Listens for signals on a thread of its own, which nothing holds up.
#[derive(Clone, Debug, Default)]
pub(super) struct Shutdown(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// The exit status of the first signal; 0 before there was one.
    status: AtomicU8,
    is_finished: AtomicBool,
}

impl Shutdown {
    /// When this returns, the first signal cancels `calls`, and says so without disturbing `bar`.
    pub(super) fn listen(calls: CancellationToken, bar: ProgressBar) -> Self {
        let this = Self::default();
        let state = Arc::clone(&this.0);
        let (ready, listening) = mpsc::channel();
        // Where signals cannot be listened for, the system ends the program.
        let thread =
            thread::Builder::new()
                .name("signals".to_owned())
                .spawn(move || -> io::Result<()> {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()?;
                    runtime.block_on(async {
                        let signals = Signals::new()?;
                        // A receiver that has given up has nothing to wait for.
                        let _ = ready.send(());
                        run(&state, signals, &calls, bar).await;
                        Ok(())
                    })
                });
        if thread.is_ok() {
            // No request is sent before a signal would be noticed.
            let _ = listening.recv();
        }
        this
    }

    /// The exit status of the first signal, if there was one.
    pub(super) fn status(&self) -> Option<u8> {
        match self.0.status.load(Ordering::SeqCst) {
            0 => None,
            status => Some(status),
        }
    }

    /// No request is in flight any more: there is nothing to wait for.
    pub(super) fn finish(&self) {
        self.0.is_finished.store(true, Ordering::SeqCst);
    }
}

async fn run(state: &State, mut signals: Signals, calls: &CancellationToken, bar: ProgressBar) {
    let first = signals.next().await;
    state.status.store(first.status, Ordering::SeqCst);
    if state.is_finished.load(Ordering::SeqCst) {
        process::exit(i32::from(first.status));
    }
    calls.cancel();
    let text = format!(
        "stopping after {}: waiting for the requests in flight, which are charged in any case; \
         a second signal ends the program at once\n",
        first.name
    );
    // On another thread: nobody may read standard error, and the next signal has to be noticed.
    tokio::task::spawn_blocking(move || {
        bar.suspend(|| {
            let _ = io::stderr().write_all(text.as_bytes());
        });
    });
    let second = signals.next().await;
    process::exit(i32::from(second.status));
}

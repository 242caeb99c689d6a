//! Signals: the first stops the work except the requests in flight. A second one ends the program
//! at once, as does the first if no request is in flight.

use std::io::{self, Write};
use std::process;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use bigmodel_rerank::CancellationToken;
use indicatif::ProgressBar;

use crate::signals::Signals;

/// Listens for signals on a separate thread.
#[derive(Clone, Debug, Default)]
pub(super) struct Shutdown(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// The exit code of the first signal; 0 before any.
    status: AtomicU8,
    is_finished: AtomicBool,
}

impl Shutdown {
    /// Starts listening. The first signal cancels `calls`, and reports it without disturbing `bar`.
    pub(super) fn listen(calls: CancellationToken, bar: ProgressBar) -> Self {
        let this = Self::default();
        let state = Arc::clone(&this.0);
        let (ready, listening) = mpsc::channel();
        // If signals cannot be received, the system ends the program.
        let thread =
            thread::Builder::new()
                .name("signals".to_owned())
                .spawn(move || -> io::Result<()> {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()?;
                    runtime.block_on(async {
                        let signals = Signals::new()?;
                        // A dropped receiver no longer waits.
                        let _ = ready.send(());
                        run(&state, signals, &calls, bar).await;
                        Ok(())
                    })
                });
        if thread.is_ok() {
            // No request is sent before signals are received.
            let _ = listening.recv();
        }
        this
    }

    /// Returns the exit code of the first signal, if there was one.
    pub(super) fn status(&self) -> Option<u8> {
        match self.0.status.load(Ordering::SeqCst) {
            0 => None,
            status => Some(status),
        }
    }

    /// Ends the program at the first signal from now on: no request is in flight.
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
    // On another thread, since writing to standard error may block, and the next signal must be seen.
    tokio::task::spawn_blocking(move || {
        bar.suspend(|| {
            let _ = io::stderr().write_all(text.as_bytes());
        });
    });
    let second = signals.next().await;
    process::exit(i32::from(second.status));
}

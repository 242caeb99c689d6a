//! Ctrl-C: work is stopped in good order. A second one ends the program at once, and so does one
//! when no request is under way any more.

use std::io::{self, Write};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bigmodel_rerank::CancellationToken;
use indicatif::ProgressBar;
use tokio::signal::ctrl_c;

use crate::failure::INTERRUPTED;

const STOPPING: &str = "stopping: waiting for the requests under way, which are charged in any \
    case; Ctrl-C again ends at once\n";

/// Hears Ctrl-C on a thread of its own, which nothing holds up.
#[derive(Clone, Debug, Default)]
pub(super) struct Shutdown(Arc<State>);

#[derive(Debug, Default)]
struct State {
    heard: AtomicBool,
    over: AtomicBool,
}

impl Shutdown {
    /// From here on, the first Ctrl-C stops the calls, and says so beside the bar.
    pub(super) fn hear(stop: CancellationToken, bar: ProgressBar) -> Self {
        let this = Self::default();
        let state = Arc::clone(&this.0);
        // Without a way to hear it, the system ends the program at Ctrl-C.
        let _ = thread::Builder::new()
            .name("ctrl-c".to_owned())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()?;
                runtime.block_on(listen(&state, &stop, bar))
            });
        this
    }

    /// Whether it was heard.
    pub(super) fn is_heard(&self) -> bool {
        self.0.heard.load(Ordering::SeqCst)
    }

    /// No request is under way any more: there is nothing to wait for.
    pub(super) fn over(&self) {
        self.0.over.store(true, Ordering::SeqCst);
    }
}

async fn listen(state: &State, stop: &CancellationToken, bar: ProgressBar) -> io::Result<()> {
    ctrl_c().await?;
    state.heard.store(true, Ordering::SeqCst);
    if !state.over.load(Ordering::SeqCst) {
        stop.cancel();
        // Apart: nobody may read standard error, and the next one has to be heard.
        tokio::task::spawn_blocking(move || {
            bar.suspend(|| {
                let _ = io::stderr().write_all(STOPPING.as_bytes());
            });
        });
        ctrl_c().await?;
    }
    process::exit(i32::from(INTERRUPTED));
}

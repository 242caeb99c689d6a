//! Long work as it is seen from outside: progress on a terminal, and Ctrl-C.

use std::io::{self, IsTerminal, Write};
use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use bigmodel_rerank::{Progress, Rerank, Stop};
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::{Failure, INTERRUPTED};

/// Watches one or more calls.
#[derive(Clone)]
pub(crate) struct Watch {
    pub(crate) stop: Stop,
    bar: ProgressBar,
    tokens: Arc<Mutex<i64>>,
}

impl Watch {
    /// Shows progress if there is more than one request, and a terminal.
    pub(crate) fn new(requests: usize, texts: usize) -> Result<Self, Failure> {
        let bar = if requests > 1 && io::stderr().is_terminal() {
            let style = ProgressStyle::with_template(
                "{bar:30} {pos} of {len} texts ranked, {msg}, {eta} left",
            );
            let style = style.map_err(|error| Failure::new(error.to_string(), ""))?;
            ProgressBar::new(texts as u64).with_style(style)
        } else {
            ProgressBar::hidden()
        };
        bar.set_message("0 tokens");
        Ok(Self {
            stop: Stop::default(),
            bar,
            tokens: Arc::default(),
        })
    }

    /// The call, watched, and stopped with the others.
    pub(crate) fn over<'a>(&self, call: Rerank<'a, &'a str>) -> Rerank<'a, &'a str> {
        let watch = self.clone();
        let last = Mutex::new(Progress::default());
        call.stop_on(&self.stop).on_progress(move |progress| {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            let mut tokens = watch.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            *tokens = tokens.saturating_add(progress.tokens - last.tokens);
            watch.bar.set_message(format!("{tokens} tokens"));
            watch.bar.inc((progress.texts - last.texts) as u64);
            *last = progress;
        })
    }

    /// Waits for the work; Ctrl-C has it stop in good order, and a second one at once.
    pub(crate) fn wait<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format!("no runtime: {error}"), ""))?;
        let done = runtime.block_on(async {
            tokio::select! {
                done = work => done,
                never = self.interruptions() => never,
            }
        });
        self.bar.finish_and_clear();
        done
    }

    async fn interruptions<T>(&self) -> T {
        // Without a way to hear it, the system ends the program at Ctrl-C.
        if tokio::signal::ctrl_c().await.is_ok() {
            self.stop.stop();
            self.bar.suspend(|| {
                let _ = writeln!(
                    io::stderr(),
                    "stopping: waiting for the requests under way, which are charged in any \
                     case; Ctrl-C again ends at once"
                );
            });
            if tokio::signal::ctrl_c().await.is_ok() {
                process::exit(i32::from(INTERRUPTED));
            }
        }
        std::future::pending().await
    }

    /// Without the bar, so that what is written does not mix with it.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

//! Progress on a terminal, and signals that stop the work.

use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, PoisonError};

use bigmodel_rerank::{CancellationToken, Rerank};
use indicatif::{ProgressBar, ProgressStyle};

use super::shutdown::Shutdown;
use crate::failure::Failure;

/// The progress of one or more calls, which end together.
#[derive(Clone)]
pub(crate) struct Progress {
    /// Cancels the calls.
    pub(crate) cancellation: CancellationToken,
    bar: ProgressBar,
    /// `None` once a response did not say.
    tokens: Arc<Mutex<Option<i64>>>,
    shutdown: Shutdown,
}

impl Progress {
    /// Shows progress if there is more than one request, and nothing else is printed to the terminal
    /// meanwhile; `results` says whether results are.
    pub(crate) fn new(requests: usize, texts: usize, results: bool) -> Result<Self, Failure> {
        let is_free = io::stderr().is_terminal() && !(results && io::stdout().is_terminal());
        let bar = if requests > 1 && is_free {
            let style = ProgressStyle::with_template(
                "{bar:30} {pos} of {len} texts ranked, {msg}, {eta} left",
            );
            let style = style.map_err(|error| Failure::new(error.to_string(), ""))?;
            ProgressBar::new(texts as u64).with_style(style)
        } else {
            ProgressBar::hidden()
        };
        bar.set_message("0 tokens");
        let cancellation = CancellationToken::new();
        Ok(Self {
            shutdown: Shutdown::listen(cancellation.clone(), bar.clone()),
            cancellation,
            bar,
            tokens: Arc::new(Mutex::new(Some(0))),
        })
    }

    /// Returns the call, which now reports its progress here and is cancelled with the others.
    pub(crate) fn attach<'a>(&self, call: Rerank<'a, &'a str>) -> Rerank<'a, &'a str> {
        let this = self.clone();
        let last = Mutex::new(bigmodel_rerank::Progress::default());
        call.cancel_on(self.cancellation.clone())
            .on_progress(move |now| {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                let mut tokens = this.tokens.lock().unwrap_or_else(PoisonError::into_inner);
                let counts = tokens.zip(now.tokens.zip(last.tokens));
                *tokens = counts
                    .map(|(sum, (now, before))| sum.saturating_add(now.saturating_sub(before)));
                this.bar.set_message(match *tokens {
                    Some(tokens) => format!("{tokens} tokens"),
                    None => "unknown tokens".to_owned(),
                });
                let texts = now.texts.saturating_sub(last.texts);
                this.bar.inc(u64::try_from(texts).unwrap_or(u64::MAX));
                *last = now;
            })
    }

    /// Waits for the work. If it fails after a signal, the signal sets the exit code.
    pub(crate) fn run<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format!("no runtime: {error}"), ""))?;
        let done = runtime.block_on(work);
        self.finish();
        done.map_err(|failure| match self.interrupted() {
            Some(status) => failure.interrupted(status),
            None => failure,
        })
    }

    /// Ends the progress after the last response.
    pub(crate) fn finish(&self) {
        self.shutdown.finish();
        self.bar.finish_and_clear();
    }

    /// Returns the exit code of the signal that stopped the calls, if there was one.
    pub(crate) fn interrupted(&self) -> Option<u8> {
        self.shutdown.status()
    }

    /// Hides the bar while something else is written.
    pub(crate) fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

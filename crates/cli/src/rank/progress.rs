//! Long work as it is seen from outside: progress on a terminal, and Ctrl-C.

use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, PoisonError};

use bigmodel_rerank::{CancellationToken, Progress, Rerank};
use indicatif::{ProgressBar, ProgressStyle};

use super::shutdown::Shutdown;
use crate::failure::Failure;

/// Watches one or more calls.
#[derive(Clone)]
pub(crate) struct Watch {
    pub(crate) stop: CancellationToken,
    bar: ProgressBar,
    /// `None` once a response did not tell.
    tokens: Arc<Mutex<Option<i64>>>,
    shutdown: Shutdown,
}

impl Watch {
    /// Shows progress if there is more than one request, and a terminal for it alone: of
    /// `results`, whether they are printed while the work goes on.
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
        let stop = CancellationToken::new();
        Ok(Self {
            shutdown: Shutdown::hear(stop.clone(), bar.clone()),
            stop,
            bar,
            tokens: Arc::new(Mutex::new(Some(0))),
        })
    }

    /// The call, watched, and stopped with the others.
    pub(crate) fn over<'a>(&self, call: Rerank<'a, &'a str>) -> Rerank<'a, &'a str> {
        let watch = self.clone();
        let last = Mutex::new(Progress::default());
        call.cancel_on(&self.stop).on_progress(move |progress| {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            let mut tokens = watch.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            let counts = tokens.zip(progress.tokens.zip(last.tokens));
            *tokens =
                counts.map(|(sum, (now, before))| sum.saturating_add(now.saturating_sub(before)));
            watch.bar.set_message(match *tokens {
                Some(tokens) => format!("{tokens} tokens"),
                None => "unknown tokens".to_owned(),
            });
            let texts = progress.texts.saturating_sub(last.texts);
            watch.bar.inc(u64::try_from(texts).unwrap_or(u64::MAX));
            *last = progress;
        })
    }

    /// Waits for the work.
    pub(crate) fn wait<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format!("no runtime: {error}"), ""))?;
        let done = runtime.block_on(work);
        self.ended();
        done
    }

    /// The last request was answered; what is left is to show it.
    pub(crate) fn ended(&self) {
        self.shutdown.over();
        self.bar.finish_and_clear();
    }

    /// Whether Ctrl-C was pressed.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.shutdown.is_heard()
    }

    /// Without the bar, so that what is written does not mix with it.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

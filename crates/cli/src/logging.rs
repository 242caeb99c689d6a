//! The log on standard error.

use std::io::{IsTerminal, stderr};
use std::panic;

use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};

use crate::arguments::Level;

/// The most lines that wait to be written; a reader that is slower loses further ones.
const WAITING: usize = 8192;

/// Starts logging, in colour on a terminal. Dropping the guard writes the remaining lines.
///
/// A separate thread writes, so that requests are served even if standard error is closed, a full
/// disk or a pipe that nobody reads.
pub(crate) fn start(level: Level) -> WorkerGuard {
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING)
        .thread_name("log")
        .finish(stderr());
    let level = match level {
        Level::Off => LevelFilter::OFF,
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
    };
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(stderr().is_terminal())
        .with_max_level(level)
        // A log that cannot be written does not matter; reporting it there would fail too.
        .log_internal_errors(false)
        .init();
    // Only the location of a panic is logged. Its message may quote the texts of a request.
    panic::set_hook(Box::new(|defect| {
        let place = defect.location().map(ToString::to_string);
        tracing::error!(place, "internal error; please report it");
    }));
    guard
}

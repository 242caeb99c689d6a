//! The log on standard error.

use std::io::{IsTerminal, stderr};
use std::panic;

use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};

use crate::arguments::Level;

/// Lines that wait to be written, at most: whoever does not read them loses them.
const WAITING: usize = 8192;

/// From here on, what is traced is written, in colour on a terminal. What waits to be written
/// is written when the guard is dropped.
///
/// A thread of its own writes, so that standard error may be a pipe that nobody reads, a full
/// disk or closed, and requests are served all the same.
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

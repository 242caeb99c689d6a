//! The log on standard error.

use std::io::{IsTerminal, stderr};

use tracing::level_filters::LevelFilter;

use crate::arguments::Level;

/// From here on, what is traced is written, in colour on a terminal.
pub(crate) fn start(level: Level) {
    let level = match level {
        Level::Off => LevelFilter::OFF,
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
    };
    tracing_subscriber::fmt()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .with_max_level(level)
        // A log that cannot be written is no reason to fail: telling so would be one.
        .log_internal_errors(false)
        .init();
}

//! The log of schedulers and executors on standard error.

use std::io::{self, Write as _};

use log::{LevelFilter, Log, Metadata, Record};

struct Stderr;

impl Log for Stderr {
    fn enabled(&self, _: &Metadata) -> bool {
        true
    }

    fn log(&self, record: &Record) {
        let message = record.args().to_string();
        let line: String = message
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        // If standard error is closed, nobody reads it.
        let _ = writeln!(
            io::stderr(),
            "{} {}: {line}",
            record.level(),
            record.target()
        );
    }

    fn flush(&self) {}
}

/// Starts the log: warnings, or everything of note if it is `verbose`.
pub(crate) fn start(verbose: bool) {
    // It fails only if there is a log already.
    if log::set_logger(&Stderr).is_ok() {
        log::set_max_level(match verbose {
            true => LevelFilter::Info,
            false => LevelFilter::Warn,
        });
    }
}

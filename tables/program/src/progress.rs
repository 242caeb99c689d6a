//! How far a query is, on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// Prints how many rows are scored, how fast, and how long the rest takes.
pub(crate) struct Progress {
    begin: Instant,
    /// The rows to score; `None` if that is not known.
    total: Option<u64>,
    /// Whether rows are scored elsewhere, and nothing is known until they arrive.
    is_remote: bool,
    is_terminal: bool,
    is_shown: bool,
}

impl Progress {
    /// Shows progress on a terminal, or everywhere if it `is_wanted`.
    pub(crate) fn new(total: Option<u64>, is_remote: bool, is_wanted: bool) -> Self {
        let is_terminal = io::stderr().is_terminal();
        Self {
            begin: Instant::now(),
            total: total.filter(|total| *total > 0),
            is_remote,
            is_terminal,
            is_shown: is_terminal || is_wanted,
        }
    }

    /// Prints a line, which replaces the last one on a terminal.
    pub(crate) fn print(&self, what: &str, rows: u64) {
        if !self.is_shown {
            return;
        }
        let elapsed = self.begin.elapsed();
        let line = match rows {
            0 if self.is_remote => format!("waiting for the cluster, {}", clock(elapsed.as_secs())),
            _ => line(what, rows, self.total, elapsed),
        };
        // If standard error is closed, nobody reads it.
        let _ = match self.is_terminal {
            true => write!(io::stderr(), "\r\x1b[K{line}"),
            false => writeln!(io::stderr(), "{line}"),
        };
    }

    /// Removes the line, and returns the time since the beginning.
    pub(crate) fn finish(&self) -> Duration {
        if self.is_shown && self.is_terminal {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
        self.begin.elapsed()
    }
}

fn line(what: &str, rows: u64, total: Option<u64>, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    let rate = rate(rows, elapsed);
    let left = total.filter(|_| rows > 0).map(|total| {
        let left = total.saturating_sub(rows) as f64 * seconds / rows as f64;
        format!(", {} left", clock(left as u64))
    });
    let of = total
        .map(|total| format!(" of {total}"))
        .unwrap_or_default();
    format!(
        "{rows}{of} rows {what}, {rate} rows/s{}",
        left.unwrap_or_default()
    )
}

/// Returns the rows per second, rounded.
pub(crate) fn rate(rows: u64, elapsed: Duration) -> u64 {
    (rows as f64 / elapsed.as_secs_f64().max(1e-3)).round() as u64
}

fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::line;
    use std::time::Duration;

    #[test]
    fn the_line_has_rate_and_time_left() {
        let second = Duration::from_secs(1);
        assert_eq!(
            line("scored", 100, Some(7400), second),
            "100 of 7400 rows scored, 100 rows/s, 1:13 left"
        );
        assert_eq!(line("written", 5, None, second), "5 rows written, 5 rows/s");
        assert_eq!(
            line("scored", 0, Some(9), second),
            "0 of 9 rows scored, 0 rows/s"
        );
        assert_eq!(
            line("scored", 1, Some(3662), second),
            "1 of 3662 rows scored, 1 rows/s, 1:01:01 left"
        );
    }
}

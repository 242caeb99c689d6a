//! Durations in messages, as in `30 s` and `0.5 s`.

use std::time::Duration;

/// Returns the duration in seconds, with their unit.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::{Duration, seconds};

    #[test]
    fn a_duration_is_shown_in_seconds() {
        assert_eq!(seconds(Duration::from_secs(120)), "120 s");
        assert_eq!(seconds(Duration::from_millis(100)), "0.1 s");
        assert_eq!(seconds(Duration::ZERO), "0 s");
    }
}

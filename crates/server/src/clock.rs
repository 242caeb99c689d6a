//! The current time, for any setting of the clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// The end of the year 9999 in seconds since 1970. HTTP cannot represent later dates.
const END_OF_HTTP_DATES: i64 = 253_402_300_800;

/// Returns the milliseconds since 1970, negative for an earlier time.
pub(crate) fn milliseconds() -> i128 {
    milliseconds_at(SystemTime::now())
}

fn milliseconds_at(now: SystemTime) -> i128 {
    let amount = |time: std::time::Duration| i128::try_from(time.as_millis()).unwrap_or(i128::MAX);
    match now.duration_since(UNIX_EPOCH) {
        Ok(since) => amount(since),
        Err(before) => amount(before.duration()).saturating_neg(),
    }
}

/// Returns the whole seconds since 1970, negative for an earlier time.
pub(crate) fn seconds() -> i64 {
    seconds_at(SystemTime::now())
}

fn seconds_at(now: SystemTime) -> i64 {
    i64::try_from(milliseconds_at(now).div_euclid(1000)).unwrap_or(i64::MAX)
}

/// Returns whether HTTP can represent the current date. The HTTP library panics on any other.
pub(crate) fn is_http_date() -> bool {
    is_http_date_at(SystemTime::now())
}

fn is_http_date_at(now: SystemTime) -> bool {
    // The library reads the clock later, so the last second is excluded.
    (0..END_OF_HTTP_DATES.saturating_sub(1)).contains(&seconds_at(now))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{END_OF_HTTP_DATES, is_http_date_at, milliseconds_at, seconds_at};

    #[test]
    fn a_clock_before_1970_or_after_9999_can_be_read() {
        let before = UNIX_EPOCH - Duration::from_millis(1);
        assert_eq!((seconds_at(before), milliseconds_at(before)), (-1, -1));
        assert!(!is_http_date_at(before));
        assert!(is_http_date_at(UNIX_EPOCH));
        let end = u64::try_from(END_OF_HTTP_DATES).unwrap();
        let after = UNIX_EPOCH + Duration::from_secs(end);
        assert_eq!(seconds_at(after), END_OF_HTTP_DATES);
        assert!(!is_http_date_at(after));
        let far = UNIX_EPOCH + Duration::from_secs(1 << 60);
        assert_eq!(seconds_at(far), 1 << 60);
    }
}

//! The retry policy: which errors are retried, how often, and after which delays.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;

use crate::seconds::seconds;
use crate::{Error, ErrorKind};

/// The retry policy: how often a failed request is sent again, and after which delays.
///
/// Requests are retried after rate limits, failures of the service and broken connections; see
/// [`Error::is_transient`]. The delay is random between 0 and a bound that doubles each time
/// (full jitter), so that callers who failed together do not retry together. If the service says
/// how long to wait, that is added.
///
/// A connection that could not be opened has cost nothing. A request whose response was lost or
/// was not awaited may have been charged, and is charged again. By default an attempt may take as
/// long as the whole call, so that none is abandoned while the service may still work on it; a
/// shorter [attempt timeout](crate::RerankerBuilder::attempt_timeout) asks for just that.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Retry {
    /// The most attempts of a request, the first included.
    pub max_attempts: u32,
    /// The bound of the first delay.
    pub initial_backoff: Duration,
    /// The upper bound of all delays.
    pub max_backoff: Duration,
}

impl Error {
    /// Whether the same request may succeed when it is sent again: after rate limits, failures of
    /// the service, and failed connections, except to a server that is not trusted or speaks
    /// another protocol.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        let is_transient_kind = matches!(
            self.kind(),
            ErrorKind::RateLimited | ErrorKind::Service | ErrorKind::Transport
        );
        is_transient_kind && !self.is_permanent()
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            max_attempts: 5,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(20),
        }
    }
}

impl Retry {
    /// Returns the policy that sends each request once.
    #[must_use]
    pub fn never() -> Self {
        Self {
            max_attempts: 1,
            ..Self::default()
        }
    }

    /// Returns the policy with at most `max_attempts` attempts, the first included.
    #[must_use]
    pub fn max_attempts(self, max_attempts: u32) -> Self {
        Self {
            max_attempts,
            ..self
        }
    }

    /// Returns the policy with a first delay of at most `initial`, and all delays at most `max`.
    #[must_use]
    pub fn backoff(self, initial: Duration, max: Duration) -> Self {
        Self {
            initial_backoff: initial,
            max_backoff: max,
            ..self
        }
    }

    /// Returns the delay before each further attempt.
    pub(crate) fn delays_with_jitter(self) -> impl Iterator<Item = Duration> + Send + Sync + Unpin {
        let bounds = (0..self.max_attempts.saturating_sub(1)).map(move |done| {
            let doubled = self
                .initial_backoff
                .saturating_mul(2_u32.saturating_pow(done));
            doubled.min(self.max_backoff)
        });
        bounds.map(|bound| bound.mul_f64(fastrand::f64()))
    }
}

/// Returns the delay before the next attempt: the drawn delay, plus the time that the service asks
/// to wait. `None` if the delay would end after the time that is left.
pub(crate) fn adjusted(error: &Error, drawn: Option<Duration>, left: Duration) -> Option<Duration> {
    let delay = drawn?.saturating_add(error.retry_after().unwrap_or_default());
    (delay < left).then_some(delay)
}

/// Adds a note to an error if the service asks to wait longer than the call may take, so that the
/// request was not retried.
pub(crate) fn given_up(error: Error, retry: Retry, attempts: u32, left: Duration) -> Error {
    let wait = error.retry_after().filter(|wait| *wait >= left);
    let may_retry = error.is_transient() && attempts < retry.max_attempts;
    match wait {
        Some(wait) if may_retry => error.with_note(&format!(
            "not retried: the service asks to wait {}, and the call has {} left",
            seconds(wait),
            seconds(whole(left))
        )),
        _ => error,
    }
}

/// Returns the duration in whole seconds.
fn whole(duration: Duration) -> Duration {
    Duration::from_secs(duration.as_secs())
}

/// Returns how long a response's `Retry-After` asks to wait: seconds, or a date.
pub(crate) fn asked(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("retry-after")?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number of seconds that does not fit means never.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    if let Ok(number) = value.parse() {
        return Duration::try_from_secs_f64(number).ok();
    }
    let date = httpdate::parse_http_date(value).ok()?;
    // A date that has passed asks for nothing.
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_stay_below_a_bound_that_doubles() {
        let retry = Retry::default()
            .max_attempts(8)
            .backoff(Duration::from_secs(1), Duration::from_secs(10));
        for _ in 0..100 {
            let delays: Vec<_> = retry.delays_with_jitter().collect();
            let bounds = [1, 2, 4, 8, 10, 10, 10].map(Duration::from_secs);
            assert_eq!(delays.len(), bounds.len());
            assert!(
                delays
                    .iter()
                    .zip(bounds)
                    .all(|(delay, bound)| *delay <= bound)
            );
        }
    }

    #[test]
    fn delays_are_drawn_from_the_whole_range() {
        let first = || Retry::default().delays_with_jitter().next().unwrap();
        let delays: Vec<_> = (0..200).map(|_| first()).collect();
        assert!(
            delays
                .iter()
                .any(|delay| *delay < Duration::from_millis(125))
        );
        assert!(
            delays
                .iter()
                .any(|delay| *delay > Duration::from_millis(375))
        );
    }

    #[test]
    fn the_time_that_the_service_asks_for_is_added() {
        let second = Duration::from_secs(1);
        let asked = Error::from_response(429, Some("1302"), "").with_retry_after(second * 3);
        assert_eq!(
            adjusted(&asked, Some(second), second * 10),
            Some(second * 4)
        );
        assert_eq!(adjusted(&asked, Some(second), second * 4), None);
        assert_eq!(adjusted(&asked, None, second * 10), None);
        let endless = asked.with_retry_after(Duration::MAX);
        assert_eq!(adjusted(&endless, Some(second), second * 10), None);
    }

    #[test]
    fn never_is_one_attempt() {
        assert_eq!(Retry::never().delays_with_jitter().count(), 0);
        assert_eq!(
            Retry::default()
                .max_attempts(0)
                .delays_with_jitter()
                .count(),
            0
        );
    }
}

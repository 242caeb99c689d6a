//! Durations as people write them: `120 s`, `1.5 s`, `250 ms`.

use std::fmt;
use std::time::Duration;

/// Displays a duration in seconds, or in milliseconds or microseconds below that.
pub(crate) struct Readable(pub(crate) Duration);

impl fmt::Display for Readable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, thousandths, unit) = if self.0 >= Duration::from_secs(1) || self.0.is_zero() {
            (self.0.as_secs(), self.0.subsec_millis(), "s")
        } else {
            let micros = self.0.subsec_micros();
            match micros {
                0 => (0, self.0.subsec_nanos(), "µs"),
                _ => (u64::from(micros / 1000), micros % 1000, "ms"),
            }
        };
        if thousandths == 0 {
            return write!(f, "{whole} {unit}");
        }
        let fraction = format!("{thousandths:03}");
        write!(f, "{whole}.{} {unit}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_people_write_them() {
        for (nanos, wanted) in [
            (120_000_000_000, "120 s"),
            (1_500_000_000, "1.5 s"),
            (1_050_000_000, "1.05 s"),
            (1_000_000_001, "1 s"),
            (250_000_000, "250 ms"),
            (2_500_000, "2.5 ms"),
            (5_000, "0.005 ms"),
            (7, "0.007 µs"),
            (0, "0 s"),
        ] {
            let shown = Readable(Duration::from_nanos(nanos)).to_string();
            assert_eq!(shown, wanted);
        }
    }
}

//! Sizes of memory on the command line.

use std::str::FromStr;

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) usize);

/// The units, the longest names first.
const UNITS: [(&str, usize); 8] = [
    ("KIB", 1 << 10),
    ("MIB", 1 << 20),
    ("GIB", 1 << 30),
    ("KB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("B", 1),
];

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let upper = text.trim().to_uppercase();
        let unit = UNITS.iter().find_map(|(name, bytes)| {
            let number = upper.strip_suffix(name)?;
            Some((number.trim_end(), *bytes))
        });
        let (number, unit) = unit.unwrap_or((&upper, 1));
        let bytes = number.parse::<usize>().ok();
        let bytes = bytes.and_then(|number| number.checked_mul(unit));
        match bytes {
            Some(bytes) if bytes > 0 => Ok(Self(bytes)),
            _ => Err("expected a number of bytes, such as 512MB or 2GB".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn sizes_have_units() {
        for (text, bytes) in [
            ("7", 7),
            ("7B", 7),
            ("64kB", 64_000),
            ("64 KiB", 65_536),
            ("2gb", 2_000_000_000),
            ("1GiB", 1 << 30),
        ] {
            assert_eq!(text.parse(), Ok(Size(bytes)), "{text}");
        }
        for text in ["", "0", "GB", "-1GB", "1.5GB", "2 apples", "99999999999TB"] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}

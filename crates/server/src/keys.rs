//! API keys: read from text, compared in constant time, never printed.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::{Choice, ConstantTimeEq};

/// The API keys that a server accepts; by default none, which means that none is asked for.
#[derive(Clone, Default)]
pub struct Keys(Vec<SecretString>);

impl Keys {
    /// Reads keys from text: one a line, blank lines and lines that start with `#` skipped.
    ///
    /// # Errors
    ///
    /// If a line cannot be a key, or there is none at all: a server that was given keys must
    /// not serve without.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut keys = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if !line.chars().all(|c| c.is_ascii_graphic()) {
                return Err(KeysError::Line(index + 1));
            }
            keys.push(SecretString::from(line));
        }
        if keys.is_empty() {
            return Err(KeysError::None);
        }
        Ok(Self(keys))
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the key is one of these. How long this takes does not tell how much of a key
    /// was right.
    pub(crate) fn contains(&self, key: &[u8]) -> bool {
        let found = self.0.iter().fold(Choice::from(0), |found, known| {
            found | known.expose_secret().as_bytes().ct_eq(key)
        });
        found.into()
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}

/// Text that holds no keys, or something else.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum KeysError {
    /// The line of this number is not a key.
    Line(usize),
    /// There is no key.
    None,
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(
                f,
                "line {line} is not a key: a key is visible ASCII without spaces, one a line"
            ),
            Self::None => {
                f.write_str("no key found: put one a line; lines that start with # are skipped")
            }
        }
    }
}

impl std::error::Error for KeysError {}

#[cfg(test)]
mod tests {
    use super::{Keys, KeysError};

    #[test]
    fn keys_are_lines_that_are_not_comments() {
        let keys = Keys::parse("\u{feff}# team\n  id.secret  \r\n\nother.key\n").unwrap();
        assert_eq!(keys.len(), 2);
        assert!(keys.contains(b"id.secret") && keys.contains(b"other.key"));
        for wrong in ["", "id", "id.secret2", "# team", "ID.SECRET"] {
            assert!(!keys.contains(wrong.as_bytes()), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_key_is_told_by_its_line() {
        assert_eq!(
            Keys::parse("a\ntwo words\n").unwrap_err(),
            KeysError::Line(2)
        );
        assert_eq!(Keys::parse("schlüssel").unwrap_err(), KeysError::Line(1));
        assert_eq!(Keys::parse("# none\n\n").unwrap_err(), KeysError::None);
    }

    #[test]
    fn keys_are_not_printed() {
        let keys = Keys::parse("id.secret").unwrap();
        assert_eq!(format!("{keys:?}"), "Keys(1)");
    }
}

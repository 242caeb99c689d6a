//! API keys: read from text, compared in constant time, never printed.

mod token;

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::{Choice, ConstantTimeEq};

use crate::failure::Failure;

/// The longest key, in bytes: a longer one might not fit into the headers of a request.
const LONGEST: usize = 1024;
/// Characters of JSON, shell or comments, which no key has.
const UNUSUAL: [char; 9] = ['"', '\'', '`', '{', '}', '[', ']', ',', '#'];

/// The API keys that a server accepts; by default none, which means that none is required.
///
/// A token (JWT) that is signed with the secret of a key of the form `id.secret` is accepted as
/// well, as the service's own libraries send it.
#[derive(Clone, Default)]
pub struct Keys(Vec<SecretString>);

impl Keys {
    /// Reads keys from the text of a file: one on each line; blank lines and lines that start with
    /// `#` are skipped.
    ///
    /// # Errors
    ///
    /// Returns an error if a line is not a valid key, or if there is no key, since a server with a
    /// file of keys must not run without keys.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = (1..).zip(text.lines().map(str::trim));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        Self::from_numbered(lines, KeysError::Line, KeysError::None)
    }

    /// Reads keys from a list, such as the value of an environment variable, separated by white space
    /// or commas.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_list(text: &str) -> Result<Self, KeysError> {
        let keys = text.split(|c: char| c == ',' || c.is_whitespace());
        let keys = (1..).zip(keys.filter(|key| !key.is_empty()));
        Self::from_numbered(keys, KeysError::Key, KeysError::NoneListed)
    }

    fn from_numbered<'a>(
        numbered: impl Iterator<Item = (usize, &'a str)>,
        wrong: fn(usize) -> KeysError,
        none: KeysError,
    ) -> Result<Self, KeysError> {
        let keys = numbered.map(|(number, key)| {
            let valid = key.len() <= LONGEST
                && key
                    .chars()
                    .all(|c| c.is_ascii_graphic() && !UNUSUAL.contains(&c))
                && !is_assignment(key);
            let key = || SecretString::from(key);
            valid.then(key).ok_or_else(|| wrong(number))
        });
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            Err(none)
        } else {
            Ok(Self(keys))
        }
    }

    /// Whether no key is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Accepts one of the keys, or a token (JWT) that is signed with one and good now, in
    /// milliseconds since 1970.
    pub(crate) fn check(&self, credential: &[u8], now: i128) -> Result<(), Failure> {
        if self.contains(credential) {
            return Ok(());
        }
        match token::recognize(credential) {
            Some(token) => token::check(token, &self.0, now),
            None => Err(Failure::wrong_key()),
        }
    }

    /// Whether the key is one of these. The time that this takes does not depend on how much of a key
    /// matches.
    fn contains(&self, key: &[u8]) -> bool {
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

/// Whether the text is an assignment as in environment files: as a key, it would shut out every
/// caller. Since a key may contain `=`, only names of keys count as names.
fn is_assignment(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else {
        return false;
    };
    let lower = name.to_ascii_lowercase();
    let is_name = name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
        && ["key", "token", "secret"]
            .iter()
            .any(|word| lower.contains(word));
    is_name && !value.bytes().all(|c| c == b'=')
}

/// An error in a text that lists keys.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum KeysError {
    /// The line of this number is not a valid key.
    Line(usize),
    /// The key of this number, in a list, is invalid.
    Key(usize),
    /// No line has a key.
    None,
    /// The list is empty.
    NoneListed,
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KEY: &str = "a key is visible ASCII without spaces, quotes, brackets, commas \
            and #, at most 1024 characters, without NAME= before it";
        match self {
            Self::Line(line) => write!(f, "line {line} is not a valid key: {KEY}"),
            Self::Key(number) => write!(f, "key {number} is invalid: {KEY}"),
            Self::None => {
                f.write_str("no key: write one on each line; lines that start with # are skipped")
            }
            Self::NoneListed => f.write_str(
                "set but empty: unset it to require no key, or list keys separated by spaces \
                 or commas",
            ),
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
    fn an_invalid_key_is_reported_with_its_line() {
        assert_eq!(
            Keys::parse("a\ntwo words\n").unwrap_err(),
            KeysError::Line(2)
        );
        assert_eq!(Keys::parse("schlüssel").unwrap_err(), KeysError::Line(1));
        assert_eq!(Keys::parse("# none\n\n").unwrap_err(), KeysError::None);
        assert!(Keys::parse(&"k".repeat(1024)).is_ok());
        assert!(Keys::parse(&"k".repeat(1025)).is_err());
    }

    #[test]
    fn a_line_of_an_environment_file_is_not_taken_for_a_key() {
        for text in ["a.b\nZAI_API_KEY=id.secret", "# x\napi_key=id.secret"] {
            assert_eq!(Keys::parse(text).unwrap_err(), KeysError::Line(2), "{text}");
        }
        assert_eq!(
            Keys::parse_list("id.one,KEY=id.two").unwrap_err(),
            KeysError::Key(2)
        );
        for key in ["id.c2VjcmV0==", "key==", "id.a=b"] {
            assert!(Keys::parse(key).is_ok(), "{key}");
        }
    }

    #[test]
    fn a_list_has_keys_between_spaces_and_commas() {
        assert_eq!(
            Keys::parse_list(" id.one, id.two\tid.three,")
                .unwrap()
                .len(),
            3
        );
        assert_eq!(
            Keys::parse_list("a,schlüssel").unwrap_err(),
            KeysError::Key(2)
        );
        assert_eq!(
            Keys::parse_list("# one two").unwrap_err(),
            KeysError::Key(1)
        );
        assert_eq!(Keys::parse_list(" , ").unwrap_err(), KeysError::NoneListed);
    }

    #[test]
    fn keys_are_not_printed() {
        let keys = Keys::parse("id.secret").unwrap();
        assert_eq!(format!("{keys:?}"), "Keys(1)");
    }
}

//! API keys: read from text, compared in constant time, never printed.

mod jwt;

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::{Choice, ConstantTimeEq};

use crate::failure::Failure;

/// The maximum length of a key in bytes. It leaves room for the other headers of a request.
const LONGEST: usize = 1024;
/// Characters of JSON, shell syntax and comments, which never occur in a key.
const RESERVED: [char; 9] = ['"', '\'', '`', '{', '}', '[', ']', ',', '#'];

/// The API keys that a server accepts. If there are none, which is the default, no key is required.
///
/// If a key has the form `id.secret`, JWTs signed with its secret are accepted as well. The
/// service's own libraries send such JWTs.
#[derive(Clone, Default)]
pub struct Keys(Vec<SecretString>);

impl Keys {
    /// Reads keys from the text of a file: one per line. Blank lines and lines that start with `#`
    /// are skipped.
    ///
    /// # Errors
    ///
    /// If a line is not a valid key, or if there are no keys: an empty file must not turn off the
    /// key check.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = (1..).zip(text.lines().map(str::trim));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        Self::from_numbered(lines, KeysError::Line, KeysError::None)
    }

    /// Reads keys from a list, as in an environment variable: separated by white space or commas.
    ///
    /// # Errors
    ///
    /// The same as for [`parse`](Self::parse).
    pub fn parse_list(text: &str) -> Result<Self, KeysError> {
        let keys = text.split(|c: char| c == ',' || c.is_whitespace());
        let keys = (1..).zip(keys.filter(|key| !key.is_empty()));
        Self::from_numbered(keys, KeysError::Key, KeysError::NoneListed)
    }

    fn from_numbered<'a>(
        numbered: impl Iterator<Item = (usize, &'a str)>,
        invalid: fn(usize) -> KeysError,
        empty: KeysError,
    ) -> Result<Self, KeysError> {
        let keys = numbered.map(|(number, key)| {
            let valid = key.len() <= LONGEST
                && key
                    .chars()
                    .all(|c| c.is_ascii_graphic() && !RESERVED.contains(&c))
                && !is_assignment(key);
            let key = || SecretString::from(key);
            valid.then(key).ok_or_else(|| invalid(number))
        });
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            Err(empty)
        } else {
            Ok(Self(keys))
        }
    }

    /// Returns whether there are no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Accepts one of the keys, or a JWT that is signed with one and has not expired at `now`, in
    /// milliseconds since 1970.
    pub(crate) fn check(&self, credential: &[u8], now: i128) -> Result<(), Failure> {
        if self.contains(credential) {
            return Ok(());
        }
        match jwt::recognize(credential) {
            Some(jwt) => jwt::check(jwt, &self.0, now),
            None => Err(Failure::wrong_key()),
        }
    }

    /// Returns whether the key is one of these. The time this takes does not depend on how much of
    /// a key is correct.
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

/// Returns whether the text is `NAME=key`, as in an environment file. If it were taken for a key,
/// the key after the `=` would not be accepted.
///
/// A key may contain `=` itself, as base64 does at its end. So the name must be one of an
/// environment variable, in upper case or ending in the word for a key, and something must follow
/// the `=`.
fn is_assignment(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else {
        return false;
    };
    is_variable_name(name) && !value.bytes().all(|c| c == b'=')
}

fn is_variable_name(name: &str) -> bool {
    const WORDS: [&str; 3] = ["key", "token", "secret"];
    let is_identifier = name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
        && name.bytes().next().is_some_and(|c| !c.is_ascii_digit());
    let lower = name.to_ascii_lowercase();
    let is_usual = name == name.to_ascii_uppercase();
    is_identifier && (is_usual || WORDS.iter().any(|word| lower.ends_with(word)))
}

/// An error in a text that lists keys.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum KeysError {
    /// The line with this number is not a valid key.
    Line(usize),
    /// The key with this number in a list is invalid.
    Key(usize),
    /// No line contains a key.
    None,
    /// The list is empty.
    NoneListed,
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KEY: &str = "expected at most 1024 visible ASCII characters, without spaces, \
            quotes, brackets, commas and #, and without NAME= before the key";
        match self {
            Self::Line(line) => write!(f, "line {line} is not a valid key: {KEY}"),
            Self::Key(number) => write!(f, "key {number} is invalid: {KEY}"),
            Self::None => f.write_str(
                "found no key; expected one key per line, and lines that start with # are skipped",
            ),
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
    fn each_line_that_is_not_a_comment_is_a_key() {
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
        for line in [
            "ZAI_API_KEY=id.secret",
            "API_KEY_2=id.secret",
            "BIGMODEL=id.secret=",
            "api_key=id.secret",
            "apiToken=id.secret",
            "_KEY=a",
        ] {
            let text = format!("a.b\n{line}\n");
            assert_eq!(
                Keys::parse(&text).unwrap_err(),
                KeysError::Line(2),
                "{line}"
            );
        }
        assert_eq!(
            Keys::parse_list("id.one,KEY=id.two").unwrap_err(),
            KeysError::Key(2)
        );
    }

    #[test]
    fn a_key_may_contain_equals_signs() {
        for key in [
            "abc=",
            "abc==",
            "abc=def",
            "key==",
            "KEY=",
            "ABC234====",
            "id.secret=",
            "id.c2VjcmV0==",
            "id.a=b",
            "ID.A=B",
            "sk-KEY=b",
            "monkeys=b",
            "0KEY=b",
            "=b",
        ] {
            let keys = Keys::parse(key).unwrap_or_else(|error| panic!("{key}: {error}"));
            assert!(keys.contains(key.as_bytes()), "{key}");
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

//! API keys: their sources, and how they are sent.

use std::env;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::secrets::Secrets;
use crate::{Error, ErrorKind, key_text};

/// The variables that hold a key, as the service's own libraries and others name them, in the
/// order in which they are asked.
pub(crate) const VARIABLES: [&str; 3] = ["ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_API_KEY"];

/// The longest file that is read for a key, in bytes.
const LONGEST_FILE: u64 = 64 << 10;

/// A key for the service, `id.secret`. It is in no `Debug`, log or error.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// Returns the key in a text, as it is pasted: white space and quotation marks around it, a
    /// byte order mark, `NAME=` and `Bearer` before it are dropped.
    ///
    /// # Errors
    ///
    /// If the text is empty, or holds what no header can carry.
    pub fn new(key: &str) -> Result<Self, Error> {
        Self::find(key).map_err(|problem| Error::new(ErrorKind::Config, problem))
    }

    fn find(text: &str) -> Result<Self, String> {
        let key = key_text::find(text, &VARIABLES)?;
        Ok(Self(SecretString::from(key)))
    }

    /// Returns the key in a text; `name` is its source, for errors.
    fn in_source(name: impl fmt::Display, text: Result<String, String>) -> Result<Self, Error> {
        text.and_then(|text| Self::find(&text))
            .map_err(|problem| Error::new(ErrorKind::Config, format!("{name}: {problem}")))
    }

    /// Returns the key from `ZHIPUAI_API_KEY`, `ZAI_API_KEY` or `ZHIPU_API_KEY`, whichever is
    /// set first. An empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// If none is set, or the first that is holds no key.
    pub fn from_env() -> Result<Self, Error> {
        for name in VARIABLES {
            let Some(value) = env::var_os(name) else {
                continue;
            };
            let text = value.into_string();
            if text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
                continue;
            }
            return Self::in_source(name, text.map_err(|_| "it is not UTF-8 text".to_owned()));
        }
        let names = VARIABLES.join(", ");
        let problem = format!("no API key: set one of {names}");
        Err(Error::new(ErrorKind::Authentication, problem))
    }

    /// Returns the key from a file: in a line of its own, or as a variable is set there. Lines
    /// that begin with `#` are comments. The file is UTF-8, or UTF-16 with a byte order mark.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or holds no key.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display();
        let bytes = read(path).map_err(|error| {
            Error::new(ErrorKind::Config, format!("{name}: {error}")).caused_by(error)
        })?;
        let text = match u64::try_from(bytes.len()) {
            Ok(length) if length <= LONGEST_FILE => key_text::decode(bytes),
            _ => Err(format!(
                "it is longer than {LONGEST_FILE} bytes; expected an API key"
            )),
        };
        Self::in_source(name, text)
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Adds the key and the part of it that is secret.
    pub(crate) fn add_to(&self, secrets: &mut Secrets) {
        secrets.add(self.expose());
        if let Some((_, secret)) = self.expose().split_once('.') {
            secrets.add(secret);
        }
    }
}

/// Reads a file as far as a file with a key goes, and a byte more.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LONGEST_FILE.saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// How a key is sent.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Authentication {
    /// As it is.
    #[default]
    Key,
    /// As a token that is signed with the key's secret and renewed before it expires: the
    /// secret itself never leaves the program.
    Jwt,
}

//! API keys: their sources, and how they are sent.

use std::env;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::secrets::Secrets;
use crate::{Error, ErrorKind, key_text};

/// The environment variables that may hold a key, by the names that the service's libraries and
/// others use, in order of precedence.
pub(crate) const VARIABLES: [&str; 3] = ["ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_API_KEY"];

/// The longest file that is read for a key, in bytes.
const LONGEST_FILE: u64 = 64 << 10;

/// A key for the service, `id.secret`. It never appears in `Debug`, logs or errors.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// Returns the key in a text, as it is pasted: white space and quotation marks around it, a
    /// byte order mark, `NAME=` and `Bearer` before it are dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is empty, or has characters that a header cannot carry.
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
    /// Returns an error if none is set, or the first that is set has no key.
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

    /// Returns the key from a file: alone in a line, or assigned to a variable. Lines
    /// that begin with `#` are comments. The file is UTF-8, or UTF-16 with a byte order mark.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or has no key.
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

    /// Adds the key and its secret part.
    pub(crate) fn add_to(&self, secrets: &mut Secrets) {
        secrets.add(self.expose());
        if let Some((_, secret)) = self.expose().split_once('.') {
            secrets.add(secret);
        }
    }
}

/// Reads at most one byte more than a file with a key may have.
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
    /// The key itself.
    #[default]
    Key,
    /// As a token that is signed with the key's secret and renewed before it expires: the
    /// secret itself never leaves the program.
    Jwt,
}

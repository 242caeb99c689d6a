//! API keys: where they come from, and how they are sent.

use std::env;
use std::fmt;
use std::fs;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::{Error, ErrorKind};

/// The variables that hold a key, as the service's own libraries and others name them, in the
/// order in which they are asked.
pub(crate) const VARIABLES: [&str; 3] = ["ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_API_KEY"];

/// A key for the service, `id.secret`. It is in no `Debug`, log or error.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// The key itself; white space around it is dropped.
    ///
    /// # Errors
    ///
    /// If it is empty, or holds what no header can carry.
    pub fn new(key: &str) -> Result<Self, Error> {
        Self::parse(key).map_err(|problem| Error::new(ErrorKind::Setup, problem))
    }

    fn parse(key: &str) -> Result<Self, &'static str> {
        let key = key.trim();
        if key.is_empty() || !key.chars().all(|c| c.is_ascii_graphic()) {
            return Err("an API key is visible ASCII without spaces, and not empty");
        }
        Ok(Self(SecretString::from(key)))
    }

    /// The key from what has this name.
    fn of(name: impl fmt::Display, key: &str) -> Result<Self, Error> {
        Self::parse(key)
            .map_err(|problem| Error::new(ErrorKind::Setup, format!("{name}: {problem}")))
    }

    /// The key from `ZHIPUAI_API_KEY`, `ZAI_API_KEY` or `ZHIPU_API_KEY`, whichever is set
    /// first.
    ///
    /// # Errors
    ///
    /// If none is set, or the first that is holds no key.
    pub fn from_env() -> Result<Self, Error> {
        for name in VARIABLES {
            if let Some(value) = env::var_os(name).filter(|value| !value.is_empty()) {
                let key = value.to_str().unwrap_or_default();
                return Self::of(name, key);
            }
        }
        let names = VARIABLES.join(", ");
        let problem = format!("no API key: set one of {names}");
        Err(Error::new(ErrorKind::Authentication, problem))
    }

    /// The key from a file that holds it and nothing else.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or holds no key.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display();
        let text = fs::read_to_string(path).map_err(|error| {
            Error::new(ErrorKind::Setup, format!("{name}: {error}")).caused_by(error)
        })?;
        Self::of(name, &text)
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The text without the key, should it hold it: a service may repeat what it was sent.
    pub(crate) fn redact(&self, text: &str) -> String {
        let mut text = text.replace(self.expose(), "…");
        if let Some((_, secret)) = self.expose().split_once('.')
            && !secret.is_empty()
        {
            text = text.replace(secret, "…");
        }
        text
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// How a key is sent.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Authentication {
    /// As it is.
    #[default]
    Key,
    /// As a token that is signed with the key's secret and renewed before it expires: the
    /// secret itself never leaves the program.
    Jwt,
}

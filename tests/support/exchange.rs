//! The exchanges in `spec/exchanges/`, as they are written there.

#![allow(
    dead_code,
    reason = "each user of this file is a crate of its own and uses a part"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

/// A request, the answer to it, and what a client should make of the answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exchange {
    /// The file's name, without its ending.
    #[serde(skip)]
    pub(crate) name: String,
    /// Where the exchange is known from.
    pub(crate) source: String,
    pub(crate) request: Request,
    /// What the client sends beyond the documented body.
    #[serde(default)]
    pub(crate) client_adds: Map<String, Value>,
    pub(crate) response: Response,
    pub(crate) expect: Expect,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    /// JSON, written as YAML.
    pub(crate) body: Option<Value>,
    /// Any other body, as it is.
    pub(crate) text: Option<String>,
}

impl Response {
    /// The body on the wire.
    pub(crate) fn body_bytes(&self) -> Vec<u8> {
        match &self.body {
            Some(json) => json.to_string().into_bytes(),
            None => self.text.clone().unwrap_or_default().into_bytes(),
        }
    }
}

/// What a client should make of an answer.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Expect {
    Answer,
    Error,
    UnreadableBody,
    UndocumentedStatus,
}

impl Exchange {
    /// The exchange of this name.
    pub(crate) fn read(name: &str) -> Result<Self, Box<dyn Error>> {
        Self::read_file(&folder().join(name).with_extension("yaml"))
    }

    /// Every exchange, in the order of their names.
    pub(crate) fn read_all() -> Result<Vec<Self>, Box<dyn Error>> {
        let mut files = fs::read_dir(folder())?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>, std::io::Error>>()?;
        files.sort();
        files.iter().map(|file| Self::read_file(file)).collect()
    }

    fn read_file(path: &Path) -> Result<Self, Box<dyn Error>> {
        let at = path.display();
        let text = fs::read_to_string(path).map_err(|error| format!("{at}: {error}"))?;
        let mut exchange: Self =
            serde_yaml::from_str(&text).map_err(|error| format!("{at}: {error}"))?;
        if exchange.response.body.is_some() == exchange.response.text.is_some() {
            return Err(format!("{at}: the response needs either `body` or `text`").into());
        }
        exchange.name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into();
        Ok(exchange)
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/exchanges")
}

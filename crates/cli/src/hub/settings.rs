//! Where the hub and its cache are: the variables that other programs for hubs read too.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;

const ENDPOINT: &str = "https://huggingface.co";

/// The hub, and the cache of its files.
pub(super) struct Settings {
    /// The URL of the hub, without a slash at its end.
    pub(super) endpoint: String,
    /// The folder of the models.
    pub(super) cache: PathBuf,
    pub(super) token: Option<String>,
    pub(super) is_offline: bool,
}

impl Settings {
    /// Reads `HF_ENDPOINT`, `HF_HOME`, `HF_HUB_CACHE`, `HF_TOKEN`, `HF_TOKEN_PATH` and
    /// `HF_HUB_OFFLINE`.
    pub(super) fn from_env() -> Result<Self, Failure> {
        let endpoint = variable("HF_ENDPOINT").unwrap_or_else(|| ENDPOINT.to_owned());
        let home = home()?;
        let cache = path("HF_HUB_CACHE").unwrap_or_else(|| home.join("hub"));
        let token_file = path("HF_TOKEN_PATH").unwrap_or_else(|| home.join("token"));
        let token = variable("HF_TOKEN").or_else(|| {
            // Most users have none.
            let text = fs::read_to_string(token_file).ok()?;
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        });
        let is_on = |value: String| {
            let on = ["1", "ON", "YES", "TRUE"];
            on.contains(&value.to_uppercase().as_str())
        };
        Ok(Self {
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            cache,
            token,
            is_offline: variable("HF_HUB_OFFLINE").is_some_and(is_on),
        })
    }
}

fn home() -> Result<PathBuf, Failure> {
    if let Some(home) = path("HF_HOME") {
        return Ok(home);
    }
    let cache = path("XDG_CACHE_HOME").or_else(|| Some(env::home_dir()?.join(".cache")));
    let cache = cache.ok_or_else(|| {
        Failure::usage(
            "cannot choose a folder for downloaded models: the home folder is unknown",
            "set HF_HOME to a folder",
        )
    })?;
    Ok(cache.join("huggingface"))
}

/// Returns the value of a variable; an empty one counts as unset.
fn variable(name: &str) -> Option<String> {
    let value = env::var(name).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Returns the path in a variable, with the home folder in the place of a `~` at its beginning.
fn path(name: &str) -> Option<PathBuf> {
    let path = env::var_os(name).filter(|value| !value.is_empty())?;
    let path = PathBuf::from(path);
    match path.strip_prefix("~") {
        Ok(rest) => Some(env::home_dir()?.join(rest)),
        Err(_) => Some(path),
    }
}

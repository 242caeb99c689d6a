//! The keys that callers must send: from a file, or else from the environment.

use std::env;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use bigmodel_rerank_server::Keys;

use crate::failure::Failure;

/// The variable with the keys, if no file is given.
const VARIABLE: &str = "RERANK_SERVE_API_KEYS";
/// The most bytes of a file of keys, enough for thousands.
const MOST_BYTES: u64 = 1 << 20;

pub(super) fn read(file: Option<&Path>) -> Result<Keys, Failure> {
    let (origin, keys) = match file {
        Some(file) => {
            let name = file.display().to_string();
            let text = text_of(file).map_err(|error| {
                Failure::usage(
                    format!("cannot read the API keys in {name}: {error}"),
                    "--api-keys takes a text file with one key on each line",
                )
            })?;
            (name, Keys::parse(&text))
        }
        None => match env::var_os(VARIABLE) {
            None => return Ok(Keys::default()),
            // What is not Unicode is rejected as an invalid key.
            Some(text) => (
                VARIABLE.to_owned(),
                Keys::parse_list(&text.to_string_lossy()),
            ),
        },
    };
    keys.map_err(|error| Failure::usage(format!("{origin}: {error}"), ""))
}

fn text_of(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = File::open(file)?
        .take(MOST_BYTES + 1)
        .read_to_string(&mut text)?;
    if read as u64 > MOST_BYTES {
        return Err(io::Error::other("it is larger than 1 MiB"));
    }
    Ok(text)
}

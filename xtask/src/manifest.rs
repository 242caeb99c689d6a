//! `.vendored`: what `cargo xtask vendor` wrote into a directory, so that a later run can tell
//! its own files from edited ones and from those of others.
//!
//! After the comments it is the format of `sha256sum`, which can check it.

use std::collections::BTreeMap;

use anyhow::bail;
use sha2::{Digest, Sha256};

use crate::tree::Wanted;

/// The manifest's name in the directory.
pub(crate) const FILE: &str = ".vendored";

const HEAD: &str = "\
# Written by `cargo xtask vendor`, which tells by it whether a file here was edited.
# Do not edit. `sha256sum --check .vendored` says the same.
";
const CRATE: &str = "# crate: ";

/// The crate that was vendored, and the digest of each of its files.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) crate_name: String,
    digests: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest of a crate.
    pub(crate) fn of(crate_name: &str, files: &Wanted) -> Self {
        let digests = files
            .iter()
            .map(|(path, text)| (path.clone(), digest(text.as_bytes())))
            .collect();
        Self {
            crate_name: crate_name.to_owned(),
            digests,
        }
    }

    /// Reads what [`Manifest::to_text`] wrote.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let Some(crate_name) = text.lines().find_map(|line| line.strip_prefix(CRATE)) else {
            bail!("no line `{CRATE}NAME`");
        };
        let mut digests = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((digest, path)) = line.split_once("  ") else {
                bail!("`{line}` is not `SHA256  PATH`");
            };
            digests.insert(path.to_owned(), digest.to_owned());
        }
        Ok(Self {
            crate_name: crate_name.to_owned(),
            digests,
        })
    }

    /// The text of the file.
    pub(crate) fn to_text(&self) -> String {
        let files = self.digests.iter();
        let lines = files.map(|(path, digest)| format!("{digest}  {path}\n"));
        format!(
            "{HEAD}{CRATE}{}\n{}",
            self.crate_name,
            lines.collect::<String>()
        )
    }

    /// Whether a file of this path was vendored.
    pub(crate) fn lists(&self, path: &str) -> bool {
        self.digests.contains_key(path)
    }

    /// Whether a file was vendored with just these bytes.
    pub(crate) fn is_as_written(&self, path: &str, bytes: &[u8]) -> bool {
        self.digests
            .get(path)
            .is_some_and(|written| *written == digest(bytes))
    }
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;

    fn manifest() -> Manifest {
        Manifest::of(
            "tiny-api",
            &Wanted::from([("src/a b.rs".into(), "abc".into())]),
        )
    }

    #[test]
    fn what_is_written_is_read_back() {
        let manifest = manifest();
        assert_eq!(Manifest::parse(&manifest.to_text()).unwrap(), manifest);
    }

    #[test]
    fn digests_are_sha256_in_hexadecimal() {
        let expected =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  src/a b.rs";
        assert_eq!(manifest().to_text().lines().last(), Some(expected));
    }

    #[test]
    fn an_edited_file_is_not_as_written() {
        assert!(manifest().is_as_written("src/a b.rs", b"abc"));
        assert!(!manifest().is_as_written("src/a b.rs", b"abd"));
    }

    #[test]
    fn a_file_of_that_name_by_somebody_else_is_an_error() {
        assert!(Manifest::parse("my notes\n").is_err());
        assert!(Manifest::parse("# crate: a\nmy notes\n").is_err());
    }
}

//! Where things are, and how much is measured.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

pub(crate) struct Bench {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Its folder `bench/`.
    pub(crate) folder: PathBuf,
    /// Where programs are built and everything that is not kept is written.
    pub(crate) target: PathBuf,
    pub(crate) quick: bool,
}

impl Bench {
    pub(crate) fn new(quick: bool) -> anyhow::Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = folder.canonicalize().context("the folder bench/")?;
        let root = folder.join("..").canonicalize()?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(path) => PathBuf::from(path),
            None => folder.join("target"),
        };
        let target = std::path::absolute(target)?;
        fs::create_dir_all(target.join("work"))?;
        Ok(Self {
            root,
            folder,
            target,
            quick,
        })
    }

    /// A path for something that is not kept.
    pub(crate) fn work(&self, name: &str) -> PathBuf {
        self.target.join("work").join(name)
    }

    /// An empty folder for something that is not kept.
    pub(crate) fn empty_folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.work(name);
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir_all(&path)?;
        Ok(path)
    }

    /// Where results go: what was measured in earnest into `bench/`, the rest aside.
    pub(crate) fn outcome(&self) -> PathBuf {
        if self.quick {
            self.target.join("quick")
        } else {
            self.folder.clone()
        }
    }

    /// How often each measurement is repeated.
    pub(crate) fn rounds(&self, full: usize) -> usize {
        if self.quick { 1 } else { full }
    }
}

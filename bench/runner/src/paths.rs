//! Paths of the benchmark, and the number of repetitions.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

pub(crate) struct Bench {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Its folder `bench/`.
    pub(crate) folder: PathBuf,
    /// Folder for builds and temporary files.
    pub(crate) target: PathBuf,
    pub(crate) quick: bool,
    /// Folder with published OpenAPI documents.
    pub(crate) contracts: Option<PathBuf>,
}

impl Bench {
    pub(crate) fn new(quick: bool, contracts: Option<PathBuf>) -> anyhow::Result<Self> {
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
            contracts,
        })
    }

    /// Returns the path of a temporary file.
    pub(crate) fn work(&self, name: &str) -> PathBuf {
        self.target.join("work").join(name)
    }

    /// Creates an empty temporary folder.
    pub(crate) fn empty_folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.work(name);
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir_all(&path)?;
        Ok(path)
    }

    /// Returns the folder for results: `bench/`, or `quick/` in the target folder.
    pub(crate) fn results_folder(&self) -> PathBuf {
        if self.quick {
            self.target.join("quick")
        } else {
            self.folder.clone()
        }
    }

    /// Returns the number of repetitions of a measurement.
    pub(crate) fn rounds(&self, full: usize) -> usize {
        if self.quick { 1 } else { full }
    }
}

//! Temporary folders: for what exceeds the memory, and for intermediate results.

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
use std::{env, fs, io};

/// How often a folder is removed in which threads that are ending still make files.
const ATTEMPTS: u32 = 20;

/// A folder of this process, which is removed at its end.
#[derive(Debug)]
pub(crate) struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes the folder in this one; in that of the system if it is `None`.
    pub(crate) fn new(parent: Option<&Path>) -> io::Result<Self> {
        let parent = parent.map_or_else(env::temp_dir, Path::to_owned);
        let folder = tempfile::Builder::new()
            .prefix("rerank-tables-")
            .tempdir_in(parent)?;
        Ok(Self(folder.keep()))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        for _ in 0..ATTEMPTS {
            if fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
            sleep(Duration::from_millis(20));
        }
    }
}

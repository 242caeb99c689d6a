//! A folder that appears complete, or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use crate::failure::Failure;

/// A temporary folder beside the result's. It is removed when it is dropped before `commit`.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    out: PathBuf,
    /// Folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
    is_committed: bool,
}

impl Staging {
    /// Makes the temporary folder.
    pub(crate) fn new(out: &Path) -> Result<Self, Failure> {
        check_empty(out)?;
        let invalid = || {
            Failure::usage(
                format!("--out {}: not the name of a folder", out.display()),
                "name a folder that is missing or empty",
            )
        };
        // A symbolic link is followed: its target is what gets replaced.
        let out = match out.canonicalize() {
            Ok(folder) => folder,
            Err(_) if out.is_symlink() => return Err(invalid()),
            Err(_) => parent(out).join(out.file_name().ok_or_else(invalid)?),
        };
        let name = out.file_name().ok_or_else(invalid)?.to_string_lossy();
        let parent = parent(&out);
        let missing = parent
            .ancestors()
            .take_while(|folder| *folder != Path::new("") && !folder.exists());
        let made = missing.map(Path::to_owned).collect();
        fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        // A process of the same number may have left one.
        let folder = (0..).find_map(|number| {
            let folder = format!(".{name}.partial-{}-{number}", process::id());
            let folder = out.with_file_name(folder);
            match fs::create_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => None,
                made => Some(
                    made.map(|()| folder.clone())
                        .map_err(|error| failed(&folder, &error)),
                ),
            }
        });
        let staging = Self {
            folder: folder.ok_or_else(invalid)??,
            out,
            made,
            is_committed: false,
        };
        if let Ok(replaced) = staging.out.metadata() {
            let permissions = fs::set_permissions(&staging.folder, replaced.permissions());
            permissions.map_err(|error| failed(&staging.folder, &error))?;
        }
        Ok(staging)
    }

    /// Returns the temporary folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the folder its name. Its files are on the disk already.
    pub(crate) fn commit(mut self) -> Result<(), Failure> {
        // Something may have been put there in the meantime; this fails if the folder is not empty.
        if self.out.exists() {
            check_empty(&self.out)?;
            fs::remove_dir(&self.out).map_err(|error| failed(&self.out, &error))?;
        }
        fs::rename(&self.folder, &self.out).map_err(|error| failed(&self.out, &error))?;
        self.is_committed = true;
        let parent = parent(&self.out);
        let synced = File::open(parent).and_then(|parent| parent.sync_all());
        synced.map_err(|error| failed(parent, &error))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.is_committed {
            // If it cannot be removed, its name says that it is not complete.
            let _ = fs::remove_dir_all(&self.folder);
            for folder in &self.made {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// Returns the folder that a folder is in.
fn parent(out: &Path) -> &Path {
    match out.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Checks that the folder is missing or empty.
pub(crate) fn check_empty(out: &Path) -> Result<(), Failure> {
    let entries = match out.read_dir() {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(out, &error)),
    };
    match entries.count() {
        0 => Ok(()),
        _ => Err(Failure::usage(
            format!("--out {}: the folder is not empty", out.display()),
            "name another folder, or remove this one",
        )),
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        format!("{}: {error}", path.display()),
        "--out needs a folder that can be written; nothing was written",
    )
}

//! The cache of a model on the disk, in the layout that other programs for hubs use too: contents
//! in `blobs`, named after their checksums, and a folder of links to them for each version.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::listing::File;
use super::name::{Name, is_name};
use super::settings::Settings;

/// The cache of a model.
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    pub(super) fn new(settings: &Settings, name: &Name) -> Self {
        let folder = format!("models--{}--{}", name.owner, name.name);
        Self {
            folder: settings.cache.join(folder),
        }
    }

    /// Returns the path of the content of a file.
    pub(super) fn blob(&self, file: &File) -> PathBuf {
        self.folder.join("blobs").join(file.checksum.digits())
    }

    /// Returns the folder of a version.
    pub(super) fn snapshot(&self, commit: &str) -> PathBuf {
        self.folder.join("snapshots").join(commit)
    }

    /// Returns whether the version has the file already.
    pub(super) fn has(&self, commit: &str, file: &File) -> bool {
        is_complete(&self.snapshot(commit).join(&file.path), file)
    }

    /// Returns whether the content of the file is there already.
    pub(super) fn has_blob(&self, file: &File) -> bool {
        is_complete(&self.blob(file), file)
    }

    /// Makes a file of the version from its content: a link, or with `as_copy` a file of its own.
    pub(super) fn place(&self, commit: &str, file: &File, as_copy: bool) -> io::Result<()> {
        let path = self.snapshot(commit).join(&file.path);
        let Some(parent) = path.parent() else {
            return Ok(());
        };
        fs::create_dir_all(parent)?;
        // From the folder of the file up to that of the model.
        let depth = file.path.split('/').count().saturating_add(1);
        let relative = Path::new("../".repeat(depth).as_str())
            .join("blobs")
            .join(file.checksum.digits());
        let blob = self.blob(file);
        // Another program may use the file, so it is replaced in one step.
        let name = format!(".{}.{}", file.checksum.digits(), std::process::id());
        let temporary = parent.join(name);
        let made = match as_copy {
            true => fs::copy(&blob, &temporary).map(drop),
            false => link(&relative, &blob, &temporary),
        };
        made.and_then(|()| fs::rename(&temporary, &path))
    }

    /// Notes the version that a revision is, once all its files are there.
    pub(super) fn set_revision(&self, revision: &str, commit: &str) -> io::Result<()> {
        if revision == commit {
            return Ok(());
        }
        let refs = self.folder.join("refs");
        fs::create_dir_all(&refs)?;
        let temporary = refs.join(format!("{revision}.{}", std::process::id()));
        fs::write(&temporary, commit)?;
        fs::rename(temporary, refs.join(revision))
    }

    /// Returns the version that a revision was when it was last asked for.
    pub(super) fn revision(&self, revision: &str) -> Option<String> {
        let commit = fs::read_to_string(self.folder.join("refs").join(revision));
        let commit = commit.map_or(revision.to_owned(), |text| text.trim().to_owned());
        (is_name(&commit) && self.snapshot(&commit).is_dir()).then_some(commit)
    }
}

fn is_complete(path: &Path, file: &File) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() == file.size)
}

#[cfg(unix)]
fn link(relative: &Path, _: &Path, path: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(relative, path)
}

/// Links of files need no permission, and are not possible on every file system.
#[cfg(not(unix))]
fn link(_: &Path, blob: &Path, path: &Path) -> io::Result<()> {
    fs::hard_link(blob, path).or_else(|_| fs::copy(blob, path).map(drop))
}

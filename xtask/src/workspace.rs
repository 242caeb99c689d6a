//! Where this workspace is, what is where in it, and how to name a path to its reader.

use std::env;
use std::path::{Path, PathBuf};

/// The published contract, from the workspace root.
pub(crate) const SPEC: &str = "spec/rerank.yaml";
/// The corrections to it, from the workspace root.
pub(crate) const OVERLAY: &str = "spec/overlay.yaml";
/// The generated crate, from the workspace root.
pub(crate) const GENERATED: &str = "generated";

/// A path, and the name under which messages speak of it.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) shown: String,
}

impl Place {
    /// The path the user gave, or else the one at `default` in the workspace.
    ///
    /// A default has the same name wherever the command runs, so that it leaves the same
    /// bytes behind where it is quoted.
    pub(crate) fn given_or(given: Option<&Path>, default: &str) -> Self {
        match given {
            Some(path) if !is(path, default) => Self::given(path),
            _ => Self {
                path: root().join(default),
                shown: default.to_owned(),
            },
        }
    }

    /// The path the user gave: from the current directory where it lies there.
    pub(crate) fn given(path: &Path) -> Self {
        let here = env::current_dir().unwrap_or_default();
        let shown = match path.strip_prefix(&here) {
            Ok(inside) if !inside.as_os_str().is_empty() => inside,
            _ => path,
        };
        Self {
            path: path.to_owned(),
            shown: shown.display().to_string(),
        }
    }

    /// The name of a file in this directory.
    pub(crate) fn file(&self, path: &str) -> String {
        format!("{}/{path}", self.shown.trim_end_matches('/'))
    }

    /// The name of this directory, visibly one.
    pub(crate) fn dir(&self) -> String {
        self.file("")
    }
}

/// Whether `path` is what `default` names in the workspace, however it is spelled.
pub(crate) fn is(path: &Path, default: &str) -> bool {
    let default = root().join(default);
    match (path.canonicalize(), default.canonicalize()) {
        (Ok(path), Ok(default)) => path == default,
        _ => std::path::absolute(path).is_ok_and(|path| path == default),
    }
}

/// The folder that holds the workspace's `Cargo.toml`.
fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

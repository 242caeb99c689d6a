//! Where this workspace is, what is where in it, and how to name a path to its reader.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs};

use anyhow::Context;

/// The published contract, from the workspace root.
pub(crate) const SPEC: &str = "spec/rerank.yaml";
/// The corrections to it, from the workspace root.
pub(crate) const OVERLAY: &str = "spec/overlay.yaml";
/// The generated crate, from the workspace root.
pub(crate) const GENERATED: &str = "generated";

/// The contracts of other clients' forms, from the workspace root.
const FORM_SPECS: &str = "spec/forms";
/// The crates generated from them, from the workspace root.
pub(crate) const FORMS: &str = "forms";

/// The texts of its licences, from the workspace root.
const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// Digests of the publisher's texts as they were last read, from the workspace root.
pub(crate) const PAGE_TEXTS: &str = "spec/page.sum";

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

    /// Writes a file that was asked for, and makes the folder that it goes into.
    pub(crate) fn write(&self, text: &str) -> anyhow::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.path, text))
            .with_context(|| format!("cannot write {}", self.shown))
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

/// The names of other clients' forms, in alphabetical order.
pub(crate) fn forms() -> anyhow::Result<Vec<String>> {
    let folder = root().join(FORM_SPECS);
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut forms = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {FORM_SPECS}"))? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let Some(stem) = stem.filter(|_| path.extension().is_some_and(|end| end == "yaml")) {
            forms.push(stem.to_owned());
        }
    }
    forms.sort();
    Ok(forms)
}

/// The contract of a form, from the workspace root.
pub(crate) fn form_spec(form: &str) -> String {
    format!("{FORM_SPECS}/{form}.yaml")
}

/// The texts of the licences by the names of their files.
pub(crate) fn license_texts() -> anyhow::Result<BTreeMap<String, String>> {
    let read = |name: &str| {
        let text = fs::read_to_string(root().join(name));
        let text = text.with_context(|| format!("cannot read {name}"))?;
        Ok((name.to_owned(), text))
    };
    LICENSES.into_iter().map(read).collect()
}

/// The folder that holds the workspace's `Cargo.toml`.
///
/// Cargo tells it when it runs the program, so that a copy of the workspace is its own.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let built_in = || PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(built_in, PathBuf::from);
        xtask.parent().map_or_else(|| xtask.clone(), Path::to_owned)
    })
}

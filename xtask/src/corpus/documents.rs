//! The OpenAPI documents of a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// A document, and the name of its crate.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) path: PathBuf,
    pub(super) name: String,
}

/// Returns the YAML and JSON files of a folder, in the order of their names.
pub(super) fn in_folder(dir: &Path) -> anyhow::Result<Vec<Document>> {
    let entries = fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read {}", dir.display()))?
            .path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let is_document = extension.is_some_and(|one| ["yaml", "yml", "json"].contains(&one));
        if is_document && path.is_file() {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        bail!(
            "{} has no documents; expected files with .yaml, .yml or .json",
            dir.display()
        );
    }
    paths.sort();
    let mut names = BTreeSet::new();
    let documents = paths.into_iter().map(|path| {
        let name = free_name(&crate_name(&path), &mut names);
        Document { path, name }
    });
    Ok(documents.collect())
}

/// Returns a name that a crate can have, made from the name of a file.
fn crate_name(path: &Path) -> String {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let name: String = stem
        .unwrap_or_default()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    // As a word of its own, so that no name is a keyword or begins with a digit.
    format!("api-{}", name.trim_matches('-'))
}

fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut free = name.to_owned();
    let mut number = 2_usize;
    while !taken.insert(free.clone()) {
        free = format!("{name}-{number}");
        number = number.saturating_add(1);
    }
    free
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{crate_name, free_name};

    #[test]
    fn crates_are_named_after_files() {
        assert_eq!(crate_name(Path::new("a/Pet Store.yaml")), "api-pet-store");
        let mut taken = BTreeSet::new();
        let names = ["api-a", "api-a"].map(|name| free_name(name, &mut taken));
        assert_eq!(names, ["api-a", "api-a-2"]);
    }
}

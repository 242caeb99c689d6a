//! A directory of generated files: what stands there, what should, and the way from the one
//! to the other. Planning is pure; only [`scan`] reads and only [`apply`] writes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path};

use anyhow::{Context, bail};

/// What a generated file says in one of its first lines.
const MARKER: &[u8] = b"@generated";
/// How many lines these are.
const MARKED_LINES: usize = 5;

/// The files that should be there: relative path with `/` to text.
pub(crate) type Wanted = BTreeMap<String, String>;

/// The files that are there: relative path with `/` to what is found under it.
pub(crate) type Tree = BTreeMap<String, Entry>;

/// Something that is not a directory.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A file and its bytes.
    File(Vec<u8>),
    /// A symbolic link or anything else that is never read, written or followed.
    Other,
}

impl Entry {
    /// The bytes of a file.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::File(bytes) => Some(bytes),
            Self::Other => None,
        }
    }
}

/// One path that differs: created, updated or removed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change<'a> {
    pub(crate) path: &'a str,
    /// What stands there; `None` if nothing does.
    pub(crate) before: Option<&'a [u8]>,
    /// What should; `None` if nothing should.
    pub(crate) after: Option<&'a str>,
}

/// What separates a directory from the files wanted in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan<'a> {
    /// What to do, in order: removals before writes, since a directory may take a file's place.
    pub(crate) changes: Vec<Change<'a>>,
    /// Files of others which stand where a wanted file has to go.
    pub(crate) in_the_way: Vec<&'a str>,
    /// Files of others elsewhere.
    pub(crate) foreign: Vec<&'a str>,
    /// How many files are as wanted.
    pub(crate) unchanged: usize,
}

impl Plan<'_> {
    /// Whether the directory holds the wanted files and no other.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.in_the_way.is_empty() && self.foreign.is_empty()
    }
}

/// Whether a file says that it is generated.
pub(crate) fn is_marked(bytes: &[u8]) -> bool {
    bytes
        .split(|byte| *byte == b'\n')
        .take(MARKED_LINES)
        .any(|line| line.windows(MARKER.len()).any(|word| word == MARKER))
}

/// Refuses files that would leave the directory or could not be recognised as ours later.
pub(crate) fn check_wanted(wanted: &Wanted) -> anyhow::Result<()> {
    for (path, text) in wanted {
        let stays_inside = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if path.is_empty() || !stays_inside {
            bail!(
                "the generator made a file at `{path}`, outside its directory; fix the generator"
            );
        }
        if !is_marked(text.as_bytes()) {
            bail!(
                "the generator made `{path}` without `@generated` in its first {MARKED_LINES} \
                 lines; fix the generator"
            );
        }
    }
    Ok(())
}

/// Every file under `dir` that counts; none if there is no such directory.
pub(crate) fn scan(dir: &Path) -> anyhow::Result<Tree> {
    let mut tree = Tree::new();
    if dir.try_exists()? {
        scan_into(&mut tree, dir, "")
            .with_context(|| format!("cannot read the directory {}", dir.display()))?;
    }
    Ok(tree)
}

fn scan_into(tree: &mut Tree, dir: &Path, prefix: &str) -> anyhow::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            tree.insert(format!("{prefix}{}", name.display()), Entry::Other);
            continue;
        };
        if prefix.is_empty() && is_ignored(name) {
            continue;
        }
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            scan_into(tree, &entry.path(), &format!("{path}/"))?;
        } else if kind.is_file() {
            let bytes = fs::read(entry.path()).with_context(|| path.clone())?;
            tree.insert(path, Entry::File(bytes));
        } else {
            tree.insert(path, Entry::Other);
        }
    }
    Ok(())
}

/// What cargo and git put beside the files of a crate.
fn is_ignored(name: &str) -> bool {
    matches!(name, "target" | "Cargo.lock") || name.starts_with(".git")
}

/// The way from `tree` to `wanted`. `is_ours` says which files may be overwritten or removed.
pub(crate) fn plan<'a>(
    wanted: &'a Wanted,
    tree: &'a Tree,
    is_ours: impl Fn(&str, &[u8]) -> bool,
) -> Plan<'a> {
    let mut plan = Plan::default();
    for (path, entry) in tree {
        match entry.bytes() {
            Some(bytes) if is_as_wanted(wanted, path, bytes) => plan.unchanged += 1,
            Some(bytes) if is_leftover(path) || is_ours(path, bytes) => {
                if !wanted.contains_key(path) {
                    plan.changes.push(Change {
                        path,
                        before: Some(bytes),
                        after: None,
                    });
                }
            }
            _ if wanted.keys().any(|wanted| collide(wanted, path)) => plan.in_the_way.push(path),
            _ => plan.foreign.push(path),
        }
    }
    for (path, text) in wanted {
        let before = tree.get(path).and_then(Entry::bytes);
        if before != Some(text.as_bytes()) {
            plan.changes.push(Change {
                path,
                before,
                after: Some(text),
            });
        }
    }
    plan
}

fn is_as_wanted(wanted: &Wanted, path: &str, bytes: &[u8]) -> bool {
    wanted
        .get(path)
        .is_some_and(|text| text.as_bytes() == bytes)
}

/// Whether two files cannot both be there: the same path, or one is a directory of the other.
fn collide(a: &str, b: &str) -> bool {
    let is_under = |path: &str, dir: &str| {
        path.strip_prefix(dir)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    is_under(a, b) || is_under(b, a)
}

/// Makes the changes in their order. Interrupted, it can be run again: every file is either
/// as it was or as wanted.
pub(crate) fn apply(dir: &Path, changes: &[Change<'_>]) -> anyhow::Result<()> {
    for change in changes {
        match change.after {
            Some(text) => write(dir, change.path, text)
                .with_context(|| format!("cannot write {}", dir.join(change.path).display()))?,
            None => remove(dir, change.path)
                .with_context(|| format!("cannot remove {}", dir.join(change.path).display()))?,
        }
    }
    Ok(())
}

/// Puts the whole text under another name first, so that no reader sees half of it.
pub(crate) fn write(dir: &Path, path: &str, text: &str) -> io::Result<()> {
    let target = dir.join(path);
    let folder = target.parent().unwrap_or(dir);
    fs::create_dir_all(folder)?;
    let temporary = folder.join(temporary_name());
    let written = write_new(&temporary, text).and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        // The first error is the one to report; a leftover goes with the next run.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn temporary_name() -> String {
    format!(".xtask-{}.tmp", std::process::id())
}

/// Whether a file is what an interrupted [`write()`] leaves behind.
fn is_leftover(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with(".xtask-") && name.ends_with(".tmp")
}

/// Removes a file, and the directories that are empty without it.
fn remove(dir: &Path, path: &str) -> io::Result<()> {
    match fs::remove_file(dir.join(path)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut folder = Path::new(path).parent();
    while let Some(empty) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        if fs::remove_dir(dir.join(empty)).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;

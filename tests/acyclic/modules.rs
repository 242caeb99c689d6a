//! The files of a crate as modules, and the dependencies between them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::paths::{Contents, FoundPath};

/// A file of a crate.
struct File {
    path: PathBuf,
    /// The path of its module, from the root of the crate.
    module: Vec<String>,
    contents: Contents,
}

/// The files of a crate.
pub(crate) struct Modules {
    files: Vec<File>,
    by_module: BTreeMap<Vec<String>, usize>,
}

impl Modules {
    /// Reads a crate from its root file.
    pub(crate) fn read(root: &Path) -> Self {
        let mut modules = Self {
            files: Vec::new(),
            by_module: BTreeMap::new(),
        };
        modules.add(root, Vec::new());
        modules
    }

    fn add(&mut self, path: &Path, module: Vec<String>) {
        let contents = Contents::read(&fs::read_to_string(path).unwrap());
        let children: Vec<(PathBuf, Vec<String>)> = contents
            .children
            .iter()
            .filter_map(|child| child_file(path, &module, child))
            .collect();
        self.by_module.insert(module.clone(), self.files.len());
        self.files.push(File {
            path: path.to_owned(),
            module,
            contents,
        });
        for (path, module) in children {
            self.add(&path, module);
        }
    }

    /// Returns the path of a file, relative to the folder of sources.
    pub(crate) fn name(&self, file: usize, source: &Path) -> String {
        let path = &self.files[file].path;
        let path = path.strip_prefix(source).unwrap_or(path);
        path.display().to_string().replace('\\', "/")
    }

    /// Returns the files that each file depends on.
    pub(crate) fn dependencies(&self) -> Vec<BTreeSet<usize>> {
        let dependencies = |(index, file): (usize, &File)| {
            let targets = file.contents.paths.iter();
            let targets = targets.filter_map(|path| self.target(&file.module, path, 0));
            targets.filter(|target| *target != index).collect()
        };
        self.files.iter().enumerate().map(dependencies).collect()
    }

    /// Returns the file that a path leads to, if it is in this crate. `hops` counts the re-exports
    /// on the way.
    fn target(&self, module: &[String], path: &FoundPath, hops: usize) -> Option<usize> {
        let mut at: Vec<String> = [module, &path.scope].concat();
        let mut rest = path.segments.as_slice();
        let first = rest.first()?.as_str();
        match first {
            "crate" => {
                at.clear();
                rest = &rest[1..];
            }
            "self" | "super" => {
                while let Some((word, tail)) = rest.split_first() {
                    match word.as_str() {
                        "self" => {}
                        "super" => drop(at.pop()),
                        _ => break,
                    }
                    rest = tail;
                }
            }
            child => {
                // Other paths are local names or other crates.
                at.push(child.to_owned());
                self.by_module.get(&at)?;
                rest = &rest[1..];
            }
        }
        // The last segment may be an item, and a module without a file is part of its parent's.
        let mut target = self.file_of(&at);
        for segment in rest {
            let child = [&at[..], std::slice::from_ref(segment)].concat();
            let Some(file) = self.by_module.get(&child) else {
                return self.exported(target?, &at, segment, hops).or(target);
            };
            (target, at) = (Some(*file), child);
        }
        target
    }

    /// Returns the file of what a module names by a `use` declaration.
    fn exported(&self, file: usize, module: &[String], name: &str, hops: usize) -> Option<usize> {
        let file = &self.files[file];
        let mut names = file.contents.names.iter();
        let (_, path) = names.find(|(known, path)| {
            known == name && module == [&file.module[..], &path.scope].concat()
        })?;
        // A name that leads to itself through re-exports is not valid Rust.
        (hops < 8).then(|| self.target(&file.module, path, hops + 1))?
    }

    fn file_of(&self, module: &[String]) -> Option<usize> {
        let mut module = module.to_vec();
        loop {
            if let Some(file) = self.by_module.get(&module) {
                return Some(*file);
            }
            module.pop()?;
        }
    }
}

/// Returns the file and module of a child; `None` if there is no such file.
fn child_file(
    parent: &Path,
    module: &[String],
    child: &FoundPath,
) -> Option<(PathBuf, Vec<String>)> {
    let stem = parent.file_stem()?.to_str()?;
    let mut folder = parent.parent()?.to_owned();
    if !["lib", "main", "mod"].contains(&stem) {
        folder.push(stem);
    }
    folder.extend(&child.scope);
    let name = child.segments.first()?;
    let module = [module, &child.scope, &child.segments].concat();
    let candidates = [
        folder.join(format!("{name}.rs")),
        folder.join(name).join("mod.rs"),
    ];
    let file = candidates.into_iter().find(|file| file.exists())?;
    Some((file, module))
}

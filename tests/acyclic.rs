//! No two files of a crate depend on each other, directly or through others.
//!
//! The test reads the paths of every file: `crate::…`, `super::…`, `self::…`, and those that start
//! with the name of a child module. A path to an item of another file is a dependency on that file,
//! and one to a re-export is a dependency on the file of the item. Unit tests are left out, since
//! they depend on what they test.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

#[path = "acyclic/graph.rs"]
mod graph;
#[path = "acyclic/modules.rs"]
mod modules;
#[path = "acyclic/paths.rs"]
mod paths;

use std::fs;
use std::path::{Path, PathBuf};

use graph::cycles;
use modules::Modules;

/// Crates with cycles, and why they have them.
const EXCEPTIONS: [(&str, &str); 6] = [
    ("cli", "commands use the arguments of each other"),
    ("client", "builder, call and batches use each other"),
    (
        "codegen",
        "the passes of `emit/` and `read/` use helpers of their parents",
    ),
    (
        "engine",
        "the lexical scorer implements the trait in `lib.rs`",
    ),
    (
        "openapi",
        "documents use overlays, and overlays use documents",
    ),
    (
        "server",
        "the state uses the routes, and the routes use the state",
    ),
];

/// Returns the folder of each crate of the workspace.
fn crates() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let members = fs::read_dir(root.join("crates")).unwrap();
    let mut crates: Vec<_> = members.map(|entry| entry.unwrap().path()).collect();
    crates.push(root.join("generated"));
    crates.push(root.join("xtask"));
    crates.retain(|path| path.join("Cargo.toml").exists());
    crates.sort();
    crates
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// Describes each cycle of a crate as a list of files.
fn cycles_of(path: &Path) -> Vec<String> {
    let source = path.join("src");
    let mut found = Vec::new();
    for root in ["lib.rs", "main.rs"] {
        let root = source.join(root);
        if !root.exists() {
            continue;
        }
        let modules = Modules::read(&root);
        let files = |cycle: Vec<usize>| {
            let files = cycle.into_iter().map(|file| modules.name(file, &source));
            files.collect::<Vec<_>>().join(", ")
        };
        found.extend(cycles(&modules.dependencies()).into_iter().map(files));
    }
    found
}

#[test]
fn files_of_a_crate_do_not_depend_on_each_other_in_a_circle() {
    let mut failures = Vec::new();
    for path in crates() {
        let name = name(&path);
        let cycles = cycles_of(&path);
        let exception = EXCEPTIONS.iter().find(|(exception, _)| *exception == name);
        match exception {
            None => failures.extend(cycles.iter().map(|cycle| format!("{name}: {cycle}"))),
            Some(_) if cycles.is_empty() => {
                failures.push(format!("{name}: no cycle; delete its exception"));
            }
            Some(_) => {}
        }
    }
    assert!(failures.is_empty(), "cycles:\n{}", failures.join("\n"));
}

#[test]
fn a_cycle_is_found_through_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    write("lib.rs", "mod a;\nmod b;\nmod c;\nuse a::A;\n");
    write("a.rs", "use crate::b::{self, B};\npub struct A;\n");
    write("b.rs", "pub struct B;\nfn f() { crate::c::f(); }\n");
    write(
        "c.rs",
        "pub fn f() { let _ = super::a::A; }\n#[cfg(test)]\nmod tests { use crate::A; }\n",
    );
    let modules = Modules::read(&folder.path().join("lib.rs"));
    let cycles = cycles(&modules.dependencies());
    let [cycle] = cycles.as_slice() else {
        panic!("{cycles:?}");
    };
    let names: Vec<_> = cycle
        .iter()
        .map(|file| modules.name(*file, folder.path()))
        .collect();
    assert_eq!(names, ["a.rs", "b.rs", "c.rs"]);
}

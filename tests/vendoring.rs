//! `generated/` is vendored by copying it: away from this workspace it builds without a
//! warning, with few crates, no build script and nothing unexpected in its package.

#![allow(
    clippy::unwrap_used,
    reason = "in a test, what is not as expected is the failure"
)]

#[path = "support/outside.rs"]
mod outside;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use outside::{assert_success, cargo, offline_first};

/// What is published, and what stands in the folder but for the lock and the original manifest.
const PACKAGED: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "openapi.yaml",
    "src/checks/counted.rs",
    "src/checks/items.rs",
    "src/checks/length.rs",
    "src/checks/number.rs",
    "src/checks/size.rs",
    "src/checks.rs",
    "src/client.rs",
    "src/endpoints.rs",
    "src/error.rs",
    "src/integers.rs",
    "src/json.rs",
    "src/lib.rs",
    "src/limits.rs",
    "src/objects.rs",
    "src/response.rs",
    "src/transport/base_url.rs",
    "src/transport/decode.rs",
    "src/transport/encode.rs",
    "src/transport/failure.rs",
    "src/transport/http.rs",
    "src/transport/secret.rs",
    "src/transport/send.rs",
    "src/transport/url.rs",
    "src/transport.rs",
    "src/types.rs",
    "src/validation.rs",
];

#[test]
fn a_copy_builds_without_a_warning_in_an_empty_folder() {
    let copy = copy();
    cargo(copy.path(), &["build"]);
    cargo(copy.path(), &["build", "--no-default-features"]);
}

#[test]
fn a_copy_brings_few_crates() {
    let copy = copy();
    let all = crates(copy.path(), &[]);
    let types_only = crates(copy.path(), &["--no-default-features"]);
    println!("crates: {all} with the client, {types_only} without");
    assert!(all <= 90, "{all} crates with the client");
    assert!(types_only < 20, "{types_only} crates without the client");
}

#[test]
fn the_package_holds_the_generated_files_and_nothing_else() {
    let copy = copy();
    let list = cargo(copy.path(), &["package", "--list", "--allow-dirty"]);
    assert_eq!(list.lines().collect::<Vec<_>>(), PACKAGED);
}

#[test]
fn the_manifest_needs_nothing_around_it() {
    let manifest = fs::read_to_string(generated().join("Cargo.toml")).unwrap();
    assert!(manifest.lines().any(|line| line == "build = false"));
    let copy = copy();
    let metadata = cargo(
        copy.path(),
        &["metadata", "--no-deps", "--format-version=1"],
    );
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let package = &metadata["packages"][0];
    for dependency in package["dependencies"].as_array().unwrap() {
        assert!(dependency.get("path").is_none(), "{dependency}");
    }
    let targets = package["targets"].as_array().unwrap();
    let kinds: Vec<_> = targets.iter().map(|target| &target["kind"]).collect();
    assert_eq!(kinds, [&serde_json::json!(["lib"])]);
    let inherits = |line: &&str| !line.starts_with('#') && line.contains("workspace");
    assert_eq!(manifest.lines().find(inherits), None);
}

#[test]
fn what_xtask_vendors_is_the_accepted_crate_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("copy");
    let dir = target.to_str().unwrap();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"));
    let args = ["run", "--quiet", "--package", "xtask", "--", "vendor", dir];
    let output = offline_first(|command| command.current_dir(workspace).args(args));
    assert_success(&output);

    let mut vendored = files(&target);
    assert!(vendored.remove(".vendored").is_some(), "the list of files");
    let accepted = files(&generated());
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&vendored), names(&accepted));
    for (name, bytes) in &accepted {
        assert!(vendored.get(name) == Some(bytes), "{name} differs");
    }
}

type Files = BTreeMap<String, Vec<u8>>;

fn generated() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("generated")
}

/// The files below `folder` by their paths in it, as in a fresh checkout.
fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            let name = name.replace('\\', "/");
            if name == "target" || name == "Cargo.lock" {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

/// The crate in a folder of its own. The workspace's lock file comes along, so that it builds
/// with the versions that are tested here, which are on this machine already.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files(&generated()) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    fs::copy(lock, folder.path().join("Cargo.lock")).unwrap();
    folder
}

/// How many crates it takes to build the copy on one system, build steps included.
fn crates(copy: &Path, features: &[&str]) -> usize {
    let mut args = vec!["tree", "--target=x86_64-unknown-linux-gnu", "--prefix=none"];
    args.extend(["--edges=normal,build", "--format={p}"]);
    args.extend(features);
    let tree = cargo(copy, &args);
    let all: BTreeSet<_> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    // The first is the copy itself.
    all.len() - 1
}

//! What a registry gets: every package that is published has all that a registry asks for, brings
//! its licences, and says truly which Rust it needs.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

#[path = "support/outside.rs"]
mod outside;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use outside::{assert_success, offline_first};

/// The members of the workspace that only the repository needs.
const NOT_PUBLISHED: [&str; 3] = [
    "bigmodel-rerank-contract",
    "bigmodel-rerank-test-support",
    "xtask",
];

/// What cargo prints in the workspace.
fn cargo(args: &[&str]) -> String {
    let output = offline_first(|command| command.current_dir(support::root()).args(args));
    assert_success(&output);
    String::from_utf8(output.stdout).unwrap()
}

fn metadata(more: &[&str]) -> Value {
    let args = ["metadata", "--locked", "--format-version=1"];
    serde_json::from_str(&cargo(&[&args, more].concat())).unwrap()
}

/// The packages that are published.
fn published(metadata: &Value) -> impl Iterator<Item = &Value> {
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.filter(|package| package["source"].is_null() && package["publish"].is_null())
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

#[test]
fn all_members_are_published_but_those_that_only_the_repository_needs() {
    let metadata = metadata(&["--no-deps"]);
    let all: BTreeSet<_> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(name)
        .collect();
    let published: BTreeSet<_> = published(&metadata).map(name).collect();
    let others: Vec<_> = all.difference(&published).copied().collect();
    assert_eq!(others, NOT_PUBLISHED);
}

#[test]
fn a_published_package_has_what_a_registry_asks_for() {
    for package in published(&metadata(&["--no-deps"])) {
        let name = name(package);
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        assert!(!text("description").is_empty(), "{name}: description");
        assert_eq!(text("license"), "MIT OR Apache-2.0", "{name}");
        assert_eq!(text("readme"), "README.md", "{name}");
        assert_eq!(text("repository"), env!("CARGO_PKG_REPOSITORY"), "{name}");
        for key in ["keywords", "categories"] {
            let count = package[key].as_array().unwrap().len();
            assert!((1..=5).contains(&count), "{name}: {count} {key}");
        }
        for keyword in package["keywords"].as_array().unwrap() {
            assert!(keyword.as_str().unwrap().len() <= 20, "{name}: {keyword}");
        }
        let features = package["features"].as_object().unwrap();
        let optional = features.keys().any(|feature| feature != "default");
        assert_eq!(
            package["metadata"]["docs"]["rs"]["all-features"].as_bool(),
            optional.then_some(true),
            "{name}: its documentation shows what features add"
        );
    }
}

#[test]
fn published_packages_ask_for_each_other_by_version() {
    let metadata = metadata(&["--no-deps"]);
    let versions: BTreeMap<_, _> = published(&metadata)
        .map(|package| (name(package), package["version"].as_str().unwrap()))
        .collect();
    for package in published(&metadata) {
        for dependency in package["dependencies"].as_array().unwrap() {
            let of_ours = versions.get(name(dependency));
            let (Some(version), "") = (of_ours, dependency["kind"].as_str().unwrap_or_default())
            else {
                continue;
            };
            assert_eq!(
                dependency["req"].as_str().unwrap(),
                format!("^{version}"),
                "{} asks for {}; correct [workspace.dependencies] in Cargo.toml",
                name(package),
                name(dependency)
            );
        }
    }
}

#[test]
fn a_package_brings_its_licences_and_its_readme() {
    let metadata = metadata(&["--no-deps"]);
    for package in published(&metadata) {
        let list = [
            "package",
            "--list",
            "--allow-dirty",
            "--package",
            name(package),
        ];
        let files = cargo(&list);
        for file in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
            assert!(
                files.lines().any(|line| line == file),
                "{}: {file}",
                name(package)
            );
        }
        let test = files.lines().find(|line| line.starts_with("tests/"));
        assert_eq!(test, None, "{}", name(package));
    }
}

#[test]
fn no_dependency_needs_a_newer_rust_than_its_package() {
    let metadata = metadata(&["--filter-platform=x86_64-unknown-linux-gnu"]);
    let packages = metadata["packages"].as_array().unwrap().iter();
    let packages: BTreeMap<_, _> = packages
        .map(|package| (package["id"].as_str().unwrap(), package))
        .collect();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap().iter();
    let needs: BTreeMap<_, _> = nodes
        .map(|node| (node["id"].as_str().unwrap(), needed(node)))
        .collect();
    for package in published(&metadata) {
        let rust = rust_version(package);
        let mut seen = BTreeSet::new();
        let mut open = vec![package["id"].as_str().unwrap()];
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                assert!(
                    rust_version(packages[id]) <= rust,
                    "{} needs {} or newer, and {id} {}",
                    name(package),
                    package["rust_version"],
                    packages[id]["rust_version"]
                );
                open.extend(&needs[id]);
            }
        }
    }
}

/// What a package is built with; what only its tests need is left out.
fn needed(node: &Value) -> Vec<&str> {
    let dependencies = node["deps"].as_array().unwrap().iter();
    let built = |dependency: &&Value| {
        let kinds = dependency["dep_kinds"].as_array().unwrap();
        kinds.iter().any(|kind| kind["kind"] != "dev")
    };
    let ids = dependencies.filter(built);
    ids.map(|dependency| dependency["pkg"].as_str().unwrap())
        .collect()
}

/// The oldest Rust that a package names, as numbers; none for a package that names none.
fn rust_version(package: &Value) -> Vec<u64> {
    let text = package["rust_version"].as_str().unwrap_or_default();
    let numbers = text.split('.').filter_map(|number| number.parse().ok());
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.truncate(2);
    numbers
}

//! What the READMEs tell people to write compiles: the dependency lines and the Rust code beneath
//! them, in a package of its own, word for word.
//!
//! Code in the README of a crate is tested with the crate's documentation, which shows the README.

#![allow(
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

#[path = "support/outside.rs"]
mod outside;
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use outside::cargo;

/// The READMEs that name dependencies.
const WITH_DEPENDENCIES: [&str; 2] = ["README.md", "crates/client/README.md"];

/// A fenced block of Markdown.
struct Block {
    language: String,
    text: String,
}

/// The fenced blocks of a README, in their order.
fn blocks(readme: &Path) -> Vec<Block> {
    let text = fs::read_to_string(readme).unwrap();
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if let Some(language) = line.strip_prefix("```") {
            inside = !inside;
            if inside {
                let language = language.split(',').next().unwrap_or_default();
                blocks.push(Block {
                    language: language.to_owned(),
                    text: String::new(),
                });
            }
        } else if let (true, Some(block)) = (inside, blocks.last_mut()) {
            writeln!(block.text, "{line}").unwrap();
        }
    }
    assert!(!inside, "{}: a block is never closed", readme.display());
    blocks
}

/// Dependency lines, and the programs that are written with them.
struct Package {
    dependencies: String,
    programs: Vec<String>,
}

/// Code belongs to the dependencies above it, or else to the first ones below.
fn packages(readme: &Path) -> Vec<Package> {
    let mut packages: Vec<Package> = Vec::new();
    let mut early = Vec::new();
    for block in blocks(readme) {
        match (block.language.as_str(), packages.last_mut()) {
            ("toml", _) => packages.push(Package {
                dependencies: block.text,
                programs: std::mem::take(&mut early),
            }),
            ("rust", Some(package)) => package.programs.push(block.text),
            ("rust", None) => early.push(block.text),
            _ => {}
        }
    }
    assert!(
        early.is_empty(),
        "{}: code without dependencies",
        readme.display()
    );
    packages
}

/// Writes the package as if it lay beside a clone of the repository, with a vendored copy in it.
fn write(package: &Package, folder: &Path) {
    let program = folder.join("program");
    fs::create_dir_all(program.join("src/bin")).unwrap();
    // The clone is where this workspace is.
    let clone = support::root().to_string_lossy().replace('\\', "/");
    let dependencies = package.dependencies.replace("../bigmodel-rerank", &clone);
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}"
    );
    fs::write(program.join("Cargo.toml"), manifest).unwrap();
    fs::copy(
        support::root().join("Cargo.lock"),
        program.join("Cargo.lock"),
    )
    .unwrap();
    for (index, text) in package.programs.iter().enumerate() {
        // What is shown alone becomes a program by a `main` that ignores it.
        let main = if text.contains("fn main()") {
            ""
        } else {
            "\nfn main() {}\n"
        };
        let text = format!("#![allow(dead_code)]\n{text}{main}");
        fs::write(program.join(format!("src/bin/block-{index}.rs")), text).unwrap();
    }
    for (path, text) in support::accepted() {
        let path = program.join("vendor/bigmodel-rerank-api").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn programs_compile_with_the_dependencies_above_them() {
    for readme in WITH_DEPENDENCIES {
        let packages = packages(&support::root().join(readme));
        assert!(!packages.is_empty(), "{readme} names no dependencies");
        for package in packages {
            assert!(
                !package.programs.is_empty(),
                "{readme}: dependencies without code"
            );
            let folder = tempfile::tempdir().unwrap();
            write(&package, folder.path());
            cargo(&folder.path().join("program"), &["build", "--bins"]);
        }
    }
}

#[test]
fn code_in_every_other_readme_is_tested_with_its_crate() {
    let mut with_code = 0;
    for readme in readmes() {
        let has_code = blocks(&readme).iter().any(|block| block.language == "rust");
        let folder = readme.parent().unwrap();
        if !has_code || folder == support::root() {
            continue;
        }
        with_code += 1;
        let library = fs::read_to_string(folder.join("src/lib.rs")).unwrap_or_default();
        assert!(
            library.contains("[doc = include_str!(\"../README.md\")]"),
            "{} has Rust code that nothing compiles",
            readme.display()
        );
    }
    assert!(with_code > 3, "READMEs with code: {with_code}");
}

/// Every README of the repository.
fn readmes() -> Vec<PathBuf> {
    let mut readmes = Vec::new();
    let mut open = vec![support::root().to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            if name == "README.md" {
                readmes.push(path);
            } else if path.is_dir() && name != "target" && !name.starts_with('.') {
                open.push(path);
            }
        }
    }
    readmes
}

//! The worked example in `docs/`: running its commands in a copy of the repository prints what the
//! page shows. `UPDATE_DOCS=1` rewrites the page.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const PAGE: &str = "docs/reviewing-a-contract-change.md";
/// The parts of the repository that the commands need.
const PARTS: [&str; 4] = ["spec", "generated", "forms", "docs"];
const START: &str = "```console\n";
const END: &str = "```\n";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Returns a copy of the repository with one commit.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in PARTS {
        copy_folder(&repository().join(part), &folder.path().join(part));
    }
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(repository().join(license), folder.path().join(license)).unwrap();
    }
    fs::create_dir(folder.path().join("target")).unwrap();
    fs::write(folder.path().join(".gitignore"), "target\n").unwrap();
    for command in [
        "git init --quiet",
        "git add --all",
        "git -c user.name=a -c user.email=a@b commit --quiet --message all",
    ] {
        assert_eq!(output(&folder, command), "", "{command}");
    }
    folder
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            // Skip build artifacts of the generated crate.
            if entry.file_name() != "target" {
                copy_folder(&entry.path(), &to);
            }
        } else if entry.file_name() != "Cargo.lock" {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Returns the output of a command in the copy, from both streams.
fn output(folder: &TempDir, command: &str) -> String {
    let xtask = env!("CARGO_BIN_EXE_xtask");
    let command = match command.strip_prefix("cargo xtask") {
        Some(arguments) => format!("'{xtask}'{arguments}"),
        None => command.to_owned(),
    };
    let done = Command::new("sh")
        .args(["-c", &format!("{command} 2>&1")])
        .current_dir(folder.path())
        .env("CARGO_MANIFEST_DIR", folder.path().join("xtask"))
        // If it is installed, the report has its result too.
        .env("PATH", without_semver_checks())
        .output()
        .unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{command}: {text}");
    text
}

/// Returns the search path without the folders that contain cargo, by which cargo-semver-checks is
/// found.
fn without_semver_checks() -> std::ffi::OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let has_cargo = |folder: &PathBuf| folder.join("cargo").exists();
    env::join_paths(env::split_paths(&path).filter(|folder| !has_cargo(folder))).unwrap()
}

/// Returns the page with the current output of its commands.
fn run(page: &str) -> String {
    let folder = copy();
    let mut parts = page.split(START);
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (block, rest) = part.split_once(END).unwrap();
        out.push_str(START);
        for command in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let text = output(&folder, command);
            let trimmed: String = text
                .lines()
                .map(|line| format!("{}\n", line.trim_end()))
                .collect();
            out.push_str(&format!("$ {command}\n{trimmed}"));
        }
        out.push_str(END);
        out.push_str(rest);
    }
    out
}

#[test]
fn the_worked_example_shows_the_output_of_its_commands() {
    let file = repository().join(PAGE);
    let page = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    let now = run(&page);
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(file, now).unwrap();
    } else if page != now {
        panic!("{PAGE} is out of date; `UPDATE_DOCS=1 cargo test --package xtask` updates it");
    }
}

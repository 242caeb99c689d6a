//! Runs of the program in a folder with files.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::program::rerank;

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// What the program says there with these arguments.
pub(crate) fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    rerank(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What it prints, where it succeeds.
pub(crate) fn printed(folder: &TempDir, arguments: &[&str]) -> String {
    let done = run(folder, arguments);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {said}");
    assert_eq!(said, "", "{arguments:?}");
    String::from_utf8(done.stdout).unwrap()
}

/// What it says on standard error, where it ends with this status and prints nothing.
pub(crate) fn refused(folder: &TempDir, arguments: &[&str], status: i32) -> String {
    let done = run(folder, arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(status), "{arguments:?}: {said}");
    assert_eq!(done.stdout, b"", "{arguments:?}");
    said
}

/// What the command prints when it is given this on standard input.
pub(crate) fn piped(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that has refused does not read on.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

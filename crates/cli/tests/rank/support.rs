//! Runs of the program in a folder with files.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::loopback::MockResponse;
use crate::program::rerank;

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The messages of the program there with these arguments.
pub(crate) fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    rerank(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Its standard output, if it succeeds.
pub(crate) fn printed(folder: &TempDir, arguments: &[&str]) -> String {
    let done = run(folder, arguments);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {said}");
    assert_eq!(said, "", "{arguments:?}");
    String::from_utf8(done.stdout).unwrap()
}

/// Its standard error, if it exits with this code and prints nothing.
pub(crate) fn refused(folder: &TempDir, arguments: &[&str], status: i32) -> String {
    let done = run(folder, arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(status), "{arguments:?}: {said}");
    assert_eq!(done.stdout, b"", "{arguments:?}");
    said
}

/// The output of the command with this standard input.
pub(crate) fn piped(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that has failed no longer reads.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// File and line of each result, best first.
pub(crate) fn places(printed: &str) -> Vec<String> {
    let lines = printed
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    lines
        .map(|columns| format!("{}:{}", columns[4], columns[5]))
        .collect()
}

pub(crate) fn json_lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Runs the program against `url`, without a key.
pub(crate) fn run_against(folder: &TempDir, url: &str, arguments: &[&str]) -> Output {
    let mut command = rerank(&["--base-url", url]);
    let command = command.args(arguments).current_dir(folder.path());
    command.output().unwrap()
}

/// A response for this many documents, all with the same score.
pub(crate) fn sound(count: usize) -> MockResponse {
    let results: Vec<_> = (0..count)
        .map(|index| json!({"index": index, "relevance_score": 0.5}))
        .collect();
    let usage = json!({"prompt_tokens": 9, "total_tokens": 9});
    let body = json!({"id": "1", "results": results, "usage": usage}).to_string();
    MockResponse::new(200, &[], body.as_bytes())
}

pub(crate) fn failure(status: u16, code: &str) -> MockResponse {
    let body = json!({"error": {"code": code, "message": "words"}}).to_string();
    MockResponse::new(status, &[], body.as_bytes())
}

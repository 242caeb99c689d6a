//! `rerank --local --model`: a model from a folder ranks on this machine.

use std::path::PathBuf;

use serde_json::Value;

use crate::program::rerank;
use crate::support::folder;

/// A small model of the tests of `crates/model`.
fn model(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../model/tests/models")
        .join(name)
}

#[test]
fn a_model_from_a_folder_ranks_one_query_and_many() {
    let folder = folder(&[("d", "green tea\nhot water\n"), ("q", "tea\nwater\n")]);
    let run = |arguments: &[&str]| {
        let done = rerank(&["--local", "--model"])
            .arg(model("bert"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success(), "{said}");
        let lines = String::from_utf8(done.stdout).unwrap();
        let lines = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        lines.collect::<Vec<Value>>()
    };
    let one = run(&["tea", "d", "--raw-scores", "--output", "json"]);
    let many = run(&["--queries", "q", "d", "--raw-scores", "--output", "jsonl"]);
    assert_eq!(many.len(), 2);
    assert_eq!(one[0]["results"], many[0]["results"]);
    let words = rerank(&["--local", "tea", "d", "--raw-scores", "--output", "json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let words: Value = serde_json::from_slice(&words.stdout).unwrap();
    assert_ne!(one[0]["results"], words["results"]);
}

#[test]
fn a_folder_that_is_not_a_model_is_invalid_usage() {
    let folder = folder(&[("d", "tea\n")]);
    for (name, message) in [
        ("nowhere", "nowhere is not a folder with a model"),
        (".", "model.onnx is missing"),
        ("glm-rerank", "glm-rerank is not a folder with a model"),
    ] {
        let done = rerank(&["--local", "--model", name, "tea", "d"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains(message), "{said}");
    }
    let done = rerank(&["--local", "tea", "d", "--model-tokens", "9"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2));
}

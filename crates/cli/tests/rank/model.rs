//! `rerank --local --model`: a model from a folder ranks on this machine.

use std::path::PathBuf;

use serde_json::Value;

use crate::program::{Served, rerank};
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

#[test]
fn a_model_of_this_machine_without_local_says_that_the_option_is_missing() {
    let folder = folder(&[("d", "tea\n")]);
    let ranked = |model: &str, url: Option<&str>| {
        let mut command = rerank(&["--model", model, "tea", "d"]);
        command.args(url.map(|url| format!("--base-url={url}")));
        let done = command.current_dir(folder.path()).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{said}");
        said
    };
    let bert = model("bert");
    for path in [bert.clone(), bert.join("onnx/model.onnx")] {
        let said = ranked(path.to_str().unwrap(), None);
        assert!(said.contains("add --local"), "{said}");
    }
    let server = Served::start(&[]);
    let url = format!("http://{}/api", server.address);
    let said = ranked("BAAI/bge-reranker-base", Some(&url));
    assert!(said.contains("add --local"), "{said}");
    let said = ranked("rerank-9", Some(&url));
    assert!(!said.contains("--local"), "{said}");
    let said = ranked("", None);
    assert!(said.contains("--model"), "{said}");
}

#[test]
fn a_file_in_the_folder_onnx_is_named_from_the_folder_of_the_model() {
    let folder = folder(&[("d", "tea\n")]);
    let onnx = folder.path().join("m/onnx");
    std::fs::create_dir_all(&onnx).unwrap();
    std::fs::copy(
        model("bert").join("onnx/model.onnx"),
        onnx.join("model_int8.onnx"),
    )
    .unwrap();
    let said = |file: &str| {
        let done = rerank(&["--local", "--model=m", "--model-file", file, "tea", "d"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(2));
        String::from_utf8(done.stderr).unwrap()
    };
    let named = said("model_int8.onnx");
    assert!(named.contains("as in onnx/model_int8.onnx"), "{named}");
    let other = said("model_q4.onnx");
    assert!(other.contains("name another file"), "{other}");
}

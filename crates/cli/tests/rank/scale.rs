//! All scores of a command are on one scale, so a threshold keeps its meaning.

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Served, rerank};
use crate::support::folder;

/// The output of the program with these arguments, or its messages if it fails.
fn run(folder: &TempDir, server: &Served, arguments: &[&str]) -> Result<Vec<Value>, String> {
    let url = format!("http://{}/api", server.address);
    let done = rerank(&["--base-url", &url])
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    if !done.status.success() {
        assert_eq!(
            (done.status.code(), done.stdout.len()),
            (Some(2), 0),
            "{said}"
        );
        return Err(said);
    }
    let lines = String::from_utf8(done.stdout).unwrap();
    Ok(lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect())
}

fn documents(count: usize) -> String {
    (0..count).map(|number| format!("tea {number}\n")).collect()
}

#[test]
fn a_threshold_that_cannot_keep_its_meaning_is_an_error_that_says_how_to_fix_it() {
    let folder = folder(&[("few", &documents(128)), ("many", &documents(129))]);
    let server = Served::start(&[]);
    let json = ["--output", "json", "--min-score", "0.1", "tea 7"];
    let few = run(&folder, &server, &[&json[..], &["few"]].concat()).unwrap();
    assert_eq!(few[0]["scale"], "normalized");
    for scale in [&[] as &[&str], &["--scale", "normalized"]] {
        let arguments = [&json[..], scale, &["many"]].concat();
        let said = run(&folder, &server, &arguments).unwrap_err();
        assert!(said.contains("2 requests"), "{said}");
        assert!(said.contains("--scale raw"), "{said}");
    }
    for raw in [&["--scale", "raw"] as &[&str], &["--raw-scores"]] {
        let many = run(&folder, &server, &[&json[..], raw, &["many"]].concat()).unwrap();
        assert_eq!(many[0]["scale"], "raw");
        assert_eq!(many[0]["results"].as_array().unwrap().len(), 129);
    }
}

#[test]
fn all_queries_of_a_command_are_on_one_scale() {
    let own = r#"{"query":"tea 3","documents":["tea 3","milk"]}
{"query":"tea 7"}"#;
    let folder = folder(&[("q", own), ("few", "tea\n"), ("many", &documents(129))]);
    let server = Served::start(&[]);
    let scales = |documents| {
        let lines = run(&folder, &server, &["--queries", "q", documents]).unwrap();
        let scales = lines.iter().map(|line| line["scale"].clone());
        scales.collect::<Vec<_>>()
    };
    assert_eq!(scales("few"), ["normalized", "normalized"]);
    assert_eq!(scales("many"), ["raw", "raw"]);
    let arguments = ["--queries", "q", "many", "--min-score", "0.5"];
    let said = run(&folder, &server, &arguments).unwrap_err();
    assert!(said.contains("--scale raw"), "{said}");
}

#[test]
fn each_line_of_json_has_its_scale() {
    let folder = folder(&[("many", &documents(129))]);
    let server = Served::start(&[]);
    let lines = run(&folder, &server, &["tea 7", "many", "--output", "jsonl"]).unwrap();
    assert_eq!(lines.len(), 129);
    assert!(lines.iter().all(|line| line["scale"] == "raw"));
}

#[test]
fn ranking_locally_uses_the_requested_scale_for_any_count() {
    let folder = folder(&[("many", &documents(300))]);
    let server = Served::start(&[]);
    for (scale, kept) in [("normalized", "normalized"), ("raw", "raw")] {
        let arguments = [
            "--local", "tea 7", "many", "--output", "json", "--scale", scale,
        ];
        let lines = run(&folder, &server, &arguments).unwrap();
        assert_eq!(lines[0]["scale"], kept);
        assert_eq!(lines[0]["results"].as_array().unwrap().len(), 300);
    }
}

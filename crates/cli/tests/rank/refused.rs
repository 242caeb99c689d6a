//! Documents that the service refuses are named by file and line, and skipped with
//! `--skip-refused`.

use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::content_filter::{ContentFilter, Refusal};
use crate::program::rerank;
use crate::support::folder;

const REFUSED: i32 = 7;

fn run(folder: &TempDir, service: &ContentFilter, arguments: &[&str]) -> Output {
    rerank(&["--base-url", &service.url])
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

/// 300 lines, two of which the service refuses.
fn lines() -> String {
    let text = |line| match line {
        17 | 250 => format!("contraband {line}\n"),
        _ => format!("{}\n", "x".repeat(line)),
    };
    (1..=300).map(text).collect()
}

#[test]
fn a_refused_document_is_named_by_file_and_line() {
    let folder = folder(&[("notes", &lines())]);
    let service = ContentFilter::start("contraband", Refusal::Named);
    let arguments = ["tea", "notes", "--concurrency", "1"];
    let done = run(&folder, &service, &arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(
        (done.status.code(), done.stdout.len()),
        (Some(2), 0),
        "{said}"
    );
    assert!(said.contains("notes:17"), "{said}");
    assert!(said.contains("--skip-refused"), "{said}");
    assert!(
        !said.contains("again") && !said.contains("--resume"),
        "{said}"
    );
}

#[test]
fn a_refusal_without_an_index_names_the_range_of_its_documents() {
    let folder = folder(&[("notes", &lines())]);
    let service = ContentFilter::start("contraband", Refusal::Content);
    let arguments = ["tea", "notes", "--concurrency", "1"];
    let done = run(&folder, &service, &arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(REFUSED), "{said}");
    assert!(
        said.contains("128 documents, from notes:1 to notes:128"),
        "{said}"
    );
}

#[test]
fn without_refused_documents_the_rest_is_ranked() {
    let folder = folder(&[("notes", &lines())]);
    for refusal in [Refusal::Content, Refusal::Named] {
        let service = ContentFilter::start("contraband", refusal);
        let arguments = ["tea", "notes", "--skip-refused", "--output", "json"];
        let done = run(&folder, &service, &arguments);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(REFUSED), "{said}");
        assert!(said.contains("warning: notes:17: "), "{said}");
        assert!(said.contains("warning: notes:250: "), "{said}");
        let out: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(out["results"].as_array().unwrap().len(), 298);
        assert_eq!(out["results"][0]["line"], 300);
        let refused: Vec<_> = out["refused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["index"].clone(), one["line"].clone()))
            .collect();
        assert_eq!(refused, [(16.into(), 17.into()), (249.into(), 250.into())]);
    }
}

#[test]
fn with_many_queries_refused_documents_are_in_each_line() {
    let queries = "{\"query\":\"tea\"}\n{\"query\":\"milk\",\"documents\":[\"contraband\",\"b\"]}";
    let folder = folder(&[("q", queries), ("notes", "a\ncontraband\nccc\n")]);
    let service = ContentFilter::start("contraband", Refusal::Content);
    let arguments = ["--queries", "q", "notes", "--skip-refused"];
    let done = run(&folder, &service, &arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(REFUSED), "{said}");
    let lines: Vec<Value> = String::from_utf8(done.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["refused"][0]["line"], 2);
    assert_eq!(lines[0]["results"][0]["text"], "ccc");
    assert_eq!(lines[1]["refused"][0]["index"], 0);
    assert_eq!(lines[1]["results"][0]["text"], "b");
    assert!(said.contains("the service refused 2 documents"), "{said}");
}

#[test]
fn a_refused_query_is_not_bisected() {
    let folder = folder(&[("notes", &lines())]);
    let service = ContentFilter::start("tea", Refusal::Content);
    let done = run(
        &folder,
        &service,
        &["tea", "notes", "--skip-refused", "--concurrency", "1"],
    );
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(
        (done.status.code(), done.stdout.len()),
        (Some(REFUSED), 0),
        "{said}"
    );
    assert!(
        service.requests().len() < 20,
        "{}",
        service.requests().len()
    );
}

#[test]
fn if_every_document_is_refused_nothing_is_ranked() {
    let folder = folder(&[("notes", "contraband a\ncontraband b\ncontraband c\n")]);
    let service = ContentFilter::start("contraband", Refusal::Content);
    let done = run(&folder, &service, &["tea", "notes", "--skip-refused"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(REFUSED), "{said}");
    assert!(
        said.ends_with("error: the service refused every document (3)\n"),
        "{said}"
    );
}

#[test]
fn documents_on_one_line_are_not_shown_as_a_range() {
    let queries = "{\"query\":\"tea\",\"documents\":[\"contraband\",\"b\"]}";
    let folder = folder(&[("q", queries)]);
    let service = ContentFilter::start("contraband", Refusal::Content);
    let done = run(&folder, &service, &["--queries", "q"]);
    let out = String::from_utf8(done.stdout).unwrap();
    assert!(out.contains("it is among 2 documents of q:1"), "{out}");
}

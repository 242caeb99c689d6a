//! Ranking over HTTP: the local endpoint, and servers that fail.

use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::loopback::{Loopback, MockResponse};
use crate::program::{Served, rerank};
use crate::support::{folder, refused};

const KEY: &str = "kenning.sesame-opens";

/// Runs the program against `url` with the key in the environment.
fn run(folder: &TempDir, url: &str, arguments: &[&str]) -> Output {
    let mut command = rerank(&["--base-url", url]);
    command
        .args(arguments)
        .current_dir(folder.path())
        .env("ZAI_API_KEY", KEY);
    let done = command.output().unwrap();
    for said in [&done.stdout, &done.stderr] {
        let said = String::from_utf8_lossy(said);
        assert!(
            !said.contains("sesame") && !said.contains("kenning"),
            "{said}"
        );
    }
    done
}

/// The exit code and messages of the program against a server with these responses.
fn failed(answers: Vec<MockResponse>) -> (i32, String) {
    let folder = folder(&[("a", "tea\nmilk\n")]);
    let server = Loopback::start_each(answers).unwrap();
    let done = run(
        &folder,
        &server.url("/api"),
        &["tea", "a", "--timeout", "2"],
    );
    assert_eq!(done.stdout, b"");
    (
        done.status.code().unwrap(),
        String::from_utf8(done.stderr).unwrap(),
    )
}

fn failure(status: u16, code: &str) -> MockResponse {
    let body = format!(r#"{{"error":{{"code":"{code}","message":"words for people"}}}}"#);
    MockResponse::new(
        status,
        &[("content-type", "application/json")],
        body.as_bytes(),
    )
}

#[test]
fn the_program_and_its_own_endpoint_work_together() {
    let folder = folder(&[("a", "coffee\ngreen tea\ntea\n"), ("keys", "id.secret")]);
    let keys = folder.path().join("keys");
    let keys = keys.to_str().unwrap();
    let server = Served::start(&["--api-keys", keys]);
    let url = format!("http://{}/api", server.address);
    for arguments in [
        &["--api-key-file", keys] as &[_],
        &["--api-key-file", keys, "--raw-scores"],
    ] {
        let done = run(
            &folder,
            &url,
            &[&["tea", "a", "--output", "json"], arguments].concat(),
        );
        let out: Value = serde_json::from_slice(&done.stdout).unwrap();
        let indices: Vec<_> = out["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["index"].as_u64().unwrap())
            .collect();
        assert_eq!(indices, [2, 1, 0]);
        assert_eq!(out["request_ids"].as_array().unwrap().len(), 1);
    }
    let refused = run(&folder, &url, &["tea", "a"]);
    assert_eq!(refused.status.code(), Some(3));
}

#[test]
fn more_than_one_request_is_one_ranking() {
    let lines: String = (0..1000)
        .map(|number| format!("cup number {number}\n"))
        .collect();
    let folder = folder(&[("a", &lines)]);
    let server = Served::start(&[]);
    let url = format!("http://{}/api", server.address);
    let done = run(
        &folder,
        &url,
        &["cup number 700", "a", "-n", "2", "--output", "json"],
    );
    let out: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(out["results"][0]["text"], "cup number 700");
    assert_eq!(out["request_ids"].as_array().unwrap().len(), 8);
    assert_eq!(out["scale"], "raw");
}

#[test]
fn without_a_key_one_line_says_how_to_set_it() {
    let folder = folder(&[("a", "tea")]);
    assert_eq!(
        refused(&folder, &["tea", "a"], 3),
        "error: no API key: neither ZHIPUAI_API_KEY, ZAI_API_KEY nor ZHIPU_API_KEY is set\n \
         help: set ZHIPUAI_API_KEY to a key from bigmodel.cn, name a file with --api-key-file, or \
         rank here with --local\n"
    );
}

#[test]
fn an_invalid_key_is_reported_with_its_variable_and_not_ignored() {
    let folder = folder(&[("a", "tea")]);
    let server = Loopback::start(MockResponse::Bytes(Vec::new())).unwrap();
    let mut command = rerank(&["--base-url", &server.url("/api"), "tea", "a"]);
    command
        .current_dir(folder.path())
        .env("ZAI_API_KEY", "two words");
    let done = command.output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(
        said.contains("ZAI_API_KEY: ") && !said.contains("two words"),
        "{said}"
    );
    assert!(server.finish().is_empty(), "nothing may be sent");
}

#[test]
fn each_kind_of_failure_has_its_exit_code() {
    for (answer, status, said) in [
        (
            failure(401, "1000"),
            3,
            "authentication failed: words for people (HTTP 401, code 1000",
        ),
        (failure(403, "1220"), 3, "permission denied"),
        (
            failure(429, "1113"),
            4,
            "the account's balance or quota is used up",
        ),
        (failure(400, "1214"), 2, "invalid request: words for people"),
        (failure(429, "1302"), 5, ""),
        (failure(500, "1200"), 5, ""),
        (MockResponse::Reset(Vec::new()), 5, ""),
        (
            MockResponse::Stall(Vec::new()),
            5,
            "no response: timed out after 2 s",
        ),
        (
            MockResponse::new(200, &[], b"<html>"),
            5,
            "invalid response",
        ),
    ] {
        let (found, words) = failed(vec![answer]);
        assert_eq!(found, status, "{words}");
        assert!(words.starts_with(&format!("error: {said}")), "{words}");
    }
}

#[test]
fn work_done_before_a_failure_is_reported() {
    let lines = "tea\n".repeat(200);
    let folder = folder(&[("a", &lines)]);
    let results: Vec<_> = (0..128)
        .map(|index| format!(r#"{{"index":{index},"relevance_score":1}}"#))
        .collect();
    let first = format!(
        r#"{{"id":"1","results":[{}],"usage":{{"prompt_tokens":9,"total_tokens":9}}}}"#,
        results.join(",")
    );
    let first = MockResponse::new(200, &[], first.as_bytes());
    let server = Loopback::start_each(vec![first, failure(429, "1113")]).unwrap();
    let done = run(
        &folder,
        &server.url("/api"),
        &["tea", "a", "--concurrency", "1"],
    );
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(6), "{said}");
    assert!(
        said.contains("; 128 of 200 documents were scored before that, for 9 tokens"),
        "{said}"
    );
}

#[test]
fn long_documents_are_refused_with_help() {
    let folder = folder(&[("a", &"x".repeat(5000))]);
    let server = Served::start(&[]);
    let url = format!("http://{}/api", server.address);
    let refused = run(&folder, &url, &["tea", "a"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.starts_with("error: a:1: 5000 characters, and a document has 4096 at most"),
        "{said}"
    );
    assert_eq!(refused.status.code(), Some(2));
    for how in ["truncate", "split"] {
        assert!(
            run(&folder, &url, &["tea", "a", "--long-documents", how])
                .status
                .success()
        );
    }
}

#[test]
fn a_dry_run_sends_nothing_and_needs_no_key() {
    let folder = folder(&[("a", &"green tea\n".repeat(300))]);
    let out = crate::support::printed(&folder, &["green tea", "a", "--dry-run", "--price", "2"]);
    assert_eq!(
        out,
        "3 requests, 300 texts, about 1200 tokens, about ¥0.0024 at ¥2 for a million tokens, raw \
         scores; nothing was sent\n"
    );
}

#[test]
fn a_call_over_its_budget_is_refused() {
    let folder = folder(&[("a", "green tea")]);
    let server = Loopback::start(MockResponse::Bytes(Vec::new())).unwrap();
    let done = run(
        &folder,
        &server.url("/api"),
        &["green tea", "a", "--budget", "3"],
    );
    assert_eq!(done.status.code(), Some(2));
    assert!(server.finish().is_empty(), "nothing may be sent");
}

//! The advice of an error fits its kind.

use crate::loopback::{Loopback, MockResponse};
use crate::program::rerank;
use crate::support::folder;

fn failure(status: u16, code: &str) -> MockResponse {
    let body = format!(r#"{{"error":{{"code":"{code}","message":"words"}}}}"#);
    MockResponse::new(status, &[], body.as_bytes())
}

/// The exit code and messages if the first of two requests succeeds and the other fails.
fn failed_midway(second: MockResponse, arguments: &[&str]) -> (i32, String) {
    let results: Vec<_> = (0..128)
        .map(|index| format!(r#"{{"index":{index},"relevance_score":1}}"#))
        .collect();
    let first = format!(
        r#"{{"id":"1","results":[{}],"usage":{{"prompt_tokens":9,"total_tokens":9}}}}"#,
        results.join(",")
    );
    let folder = folder(&[("a", &"tea\n".repeat(200))]);
    let first = MockResponse::new(200, &[], first.as_bytes());
    let server = Loopback::start_each(vec![first, second]).unwrap();
    let done = rerank(&["--base-url", &server.url("/api"), "--concurrency", "1"])
        .args(["tea", "a", "--timeout", "2"])
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    (done.status.code().unwrap(), said)
}

#[test]
fn running_again_is_advised_only_where_it_may_succeed() {
    let (status, said) = failed_midway(failure(429, "1113"), &[]);
    assert_eq!(status, 6);
    assert!(said.contains("top up the account"), "{said}");
    assert!(said.contains("with --resume FILE"), "{said}");
    let (status, said) = failed_midway(failure(429, "1113"), &["--resume", "kept"]);
    assert_eq!(status, 6);
    assert!(said.contains("run the command again to continue"), "{said}");
    for code in ["1301", "1214", "1210"] {
        let (status, said) = failed_midway(failure(400, code), &["--resume", "kept"]);
        assert_eq!(status, 6, "{said}");
        assert!(!said.contains("again"), "{said}");
    }
}

#[test]
fn a_slow_service_gets_one_request_and_the_time_limit_is_named() {
    let folder = folder(&[("a", "tea\n")]);
    for (arguments, limit, option, requests) in [
        (
            &["--timeout", "2"] as &[_],
            "timed out after 2 s",
            "more time with --timeout\n",
            1,
        ),
        (
            &["--timeout", "60", "--attempt-timeout", "1"],
            "timed out after 1 s",
            "more time with --attempt-timeout\n",
            5,
        ),
    ] {
        let server = Loopback::start(MockResponse::Stall(Vec::new())).unwrap();
        let done = rerank(&["--base-url", &server.url("/api"), "tea", "a"])
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(5), "{said}");
        assert!(said.contains(limit) && said.ends_with(option), "{said}");
        assert_eq!(server.finish().len(), requests, "{said}");
    }
}

#[test]
fn a_refused_call_without_a_key_says_which_variables_are_read() {
    let folder = folder(&[("a", "tea\n")]);
    let server = Loopback::start(failure(401, "1001")).unwrap();
    let done = rerank(&["--base-url", &server.url("/api"), "tea", "a"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(3), "{said}");
    assert!(said.contains("no API key was sent"), "{said}");
    assert!(said.contains("ZHIPUAI_API_KEY"), "{said}");
}

#[test]
fn a_ranking_without_usage_is_accepted() {
    let folder = folder(&[("a", "tea\n")]);
    let body = br#"{"id":"1","results":[{"index":0,"relevance_score":0.5}]}"#;
    let server = Loopback::start(MockResponse::new(200, &[], body)).unwrap();
    let url = server.url("/api");
    let done = rerank(&["--base-url", &url, "tea", "a", "--output", "json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(done.status.success());
    let out = String::from_utf8(done.stdout).unwrap();
    assert!(out.contains("\"tokens\":null"), "{out}");
}

#[test]
fn the_base_url_is_questioned_only_if_no_server_was_reached() {
    let folder = folder(&[("a", "tea\n")]);
    let said_of = |url: &str| {
        let done = rerank(&["--base-url", url, "tea", "a", "--timeout", "2"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(5));
        String::from_utf8(done.stderr).unwrap()
    };
    let cut = MockResponse::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec());
    let server = Loopback::start(cut).unwrap();
    let said = said_of(&server.url("/api"));
    assert!(!said.contains("base URL"), "{said}");
    drop(server);
    let said = said_of("http://127.0.0.1:1/api");
    assert!(said.contains("check the base URL"), "{said}");
}

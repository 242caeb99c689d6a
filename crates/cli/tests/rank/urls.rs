//! Base URLs in all common forms, and errors about them.

use crate::loopback::{Loopback, MockResponse};
use crate::program::{Served, rerank};
use crate::support::folder;

#[test]
fn base_urls_with_the_path_of_the_operation_reach_it() {
    let folder = folder(&[("a", "tea\nmilk\n")]);
    let server = Served::start(&[]);
    for path in [
        "/api",
        "/api/",
        "/api/paas/v4",
        "/api/paas/v4/",
        "/api/paas/v4/rerank",
    ] {
        let url = format!("http://{}{path}", server.address);
        for by_variable in [false, true] {
            let mut command = rerank(&["tea", "a"]);
            match by_variable {
                true => command.env("RERANK_BASE_URL", &url),
                false => command.args(["--base-url", &url]),
            };
            let done = command.current_dir(folder.path()).output().unwrap();
            let said = String::from_utf8_lossy(&done.stderr);
            assert!(done.status.success(), "{url}: {said}");
            assert!(done.stdout.ends_with(b"0.0000\tmilk\n"), "{url}");
        }
    }
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let folder = folder(&[("a", "tea\n")]);
    for empty in ["", "  "] {
        let done = rerank(&["tea", "a"])
            .current_dir(folder.path())
            .env("RERANK_BASE_URL", empty)
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        // Without a base URL requests go to the service, which needs a key.
        assert!(said.starts_with("error: no API key"), "{said}");
        assert_eq!(done.status.code(), Some(3));
    }
}

#[test]
fn a_missing_scheme_is_named() {
    let folder = folder(&[("a", "tea\n")]);
    let done = rerank(&["--base-url", "open.bigmodel.cn/api", "tea", "a"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains("open.bigmodel.cn/api"), "{said}");
    assert!(said.contains("https://open.bigmodel.cn/api"), "{said}");
}

#[test]
fn a_wrong_path_and_a_redirect_name_the_requested_url() {
    let folder = folder(&[("a", "tea\n")]);
    for (answer, facts) in [
        (
            MockResponse::new(404, &[], b"not here"),
            &["HTTP 404"] as &[&str],
        ),
        (
            MockResponse::new(301, &[("location", "https://elsewhere/api")], b""),
            &["HTTP 301", "https://elsewhere/api"],
        ),
    ] {
        let server = Loopback::start(answer).unwrap();
        let url = server.url("/v9?token=sesame-opens");
        let done = rerank(&["--base-url", &url, "tea", "a"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success());
        let asked = server.url("/v9/paas/v4/rerank");
        for fact in facts.iter().chain([&asked.as_str()]) {
            assert!(said.contains(fact), "{fact}: {said}");
        }
        assert!(!said.contains("sesame"), "{said}");
    }
}

#[test]
fn help_does_not_show_the_variable() {
    let help = rerank(&["--help"])
        .env("RERANK_BASE_URL", "https://host/api?token=sesame")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("RERANK_BASE_URL") && !help.contains("sesame"));
}

#[test]
fn a_base_url_without_the_path_of_the_service_says_which_one_it_has() {
    let folder = folder(&[("a", "tea\n")]);
    let server = Served::start(&[]);
    for (path, is_advised) in [("", true), ("/v1", true), ("/other/api", false)] {
        let url = format!("http://{}{path}", server.address);
        let done = rerank(&["--base-url", &url, "tea", "a"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert_eq!(said.contains("end in /api"), is_advised, "{url}: {said}");
    }
}

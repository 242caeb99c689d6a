//! HTTP in the forms that clients and proxies send: hosts, paths, media types, sizes of headers.

use bigmodel_rerank_server::Settings;

use crate::support::{RERANK, Running, request};

const BODY: &[u8] = br#"{"query":"a","documents":["a"]}"#;

/// Sends a call with this HTTP version and these `Host` headers, and returns the status, code and
/// message of the response.
fn hosts(server: &Running, version: &str, hosts: &[&str]) -> (u16, String, String) {
    let mut call = format!(
        "POST {RERANK} {version}\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {}\r\n",
        BODY.len()
    );
    for host in hosts {
        call.push_str(&format!("Host: {host}\r\n"));
    }
    let reply = server.send(&[call.as_bytes(), b"\r\n", BODY].concat());
    match reply.status {
        200 => (200, String::new(), String::new()),
        _ => reply.failure(),
    }
}

#[test]
fn a_request_has_exactly_one_valid_host() {
    let server = Running::start(Settings::default());
    for valid in [
        "localhost",
        "127.0.0.1:8321",
        "[::1]:8321",
        "example.com",
        "",
    ] {
        assert_eq!(hosts(&server, "HTTP/1.1", &[valid]).0, 200, "{valid}");
    }
    assert_eq!(hosts(&server, "HTTP/1.0", &[]).0, 200);
    for (found, message) in [
        (&[] as &[_], "missing Host header"),
        (&["localhost", "localhost"], "2 Host headers"),
        (&["a", "b", "c"], "3 Host headers"),
        (
            &["a b"],
            "invalid Host header: expected a host and a port, found \"a b\"",
        ),
        (&["user@localhost"], "invalid Host header"),
        (&["a/b"], "invalid Host header"),
        (&["höst"], "invalid Host header"),
    ] {
        let (status, code, said) = hosts(&server, "HTTP/1.1", found);
        assert_eq!((status, code.as_str()), (400, "1210"), "{found:?}: {said}");
        assert!(said.starts_with(message), "{found:?}: {said}");
    }
    assert_eq!(hosts(&server, "HTTP/1.0", &["a", "b"]).0, 400);
    // Every path requires it.
    let health = server.send(b"GET /healthz HTTP/1.1\r\n\r\n");
    assert_eq!(health.failure().0, 400);
}

#[test]
fn superfluous_slashes_in_a_path_are_ignored() {
    let server = Running::start(Settings::default());
    let headers = [("Content-Type", "application/json")];
    for path in [
        "/api/paas/v4/rerank/",
        "//api/paas/v4/rerank",
        "/api//paas//v4/rerank",
        "/api/paas/v4/rerank?a=b",
        "http://localhost/api/paas/v4/rerank",
    ] {
        let reply = server.send(&request("POST", path, &headers, BODY));
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    }
    assert_eq!(server.get("//").status, 200);
    assert_eq!(server.get("/healthz/").status, 200);
    // The metrics count them under the served path.
    let counted = r#"rerank_requests_total{path="/api/paas/v4/rerank",status="200",code=""}"#;
    assert_eq!(server.metric(counted), 5);
    let (status, _, message) = server.get("/nowhere//").failure();
    assert_eq!(status, 404);
    assert!(
        message.starts_with("GET /nowhere//: no such API"),
        "{message}"
    );
}

#[test]
fn a_body_may_begin_with_a_byte_order_mark() {
    let server = Running::start(Settings::default());
    let body = ["\u{feff}".as_bytes(), BODY].concat();
    assert_eq!(server.rerank_bytes(&body).status, 200);
}

#[test]
fn utf_8_has_more_than_one_name() {
    let server = Running::start(Settings::default());
    let call = |kind| {
        let reply = server.send(&request("POST", RERANK, &[("Content-Type", kind)], BODY));
        (reply.status, reply.text().to_owned())
    };
    for kind in [
        "application/json;charset=utf8",
        "application/json; charset=\"UTF8\"",
        "application/json; charset=utf-8",
    ] {
        assert_eq!(call(kind).0, 200, "{kind}");
    }
    for (kind, named) in [
        ("application/json; charset=gbk", "charset=\\\"gbk\\\""),
        ("application/json; charset=utf-16", "charset=\\\"utf-16\\\""),
        ("text/json", "found \\\"text/json\\\""),
    ] {
        let (status, said) = call(kind);
        assert_eq!(status, 415, "{kind}");
        assert!(said.contains(named), "{kind}: {said}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_rejected_anywhere_in_a_body() {
    let server = Running::start(Settings::default());
    for (before, after) in [
        (&br#"{"query":""#[..], &br#"","documents":["a"]}"#[..]),
        (br#"{"unknown":""#, br#"","query":"a","documents":["a"]}"#),
        (br#"{"unknown":["#, br#"],"query":"a","documents":["a"]}"#),
        (br#"{""#, br#"":1,"query":"a","documents":["a"]}"#),
        (br#"{"query":"a","documents":["a"]}"#, b""),
    ] {
        for invalid in [&b"\xff"[..], b"\xc0\x80", b"\xed\xa0\x80", b"\xe8\x8c"] {
            let body = [before, invalid, after].concat();
            let (status, code, message) = server.rerank_bytes(&body).failure();
            assert_eq!((status, code.as_str()), (400, "1210"), "{message}");
            let offset = before.len();
            let expected = format!("the body is not UTF-8: invalid byte at offset {offset}");
            assert_eq!(message, expected);
        }
    }
}

#[test]
fn headers_have_at_most_64_kib_and_100_fields() {
    let server = Running::start(Settings::default());
    // The request line, the headers, and the empty line after them.
    let of_size = |size: usize| {
        let start = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Filler: ";
        let rest = size - start.len() - 4;
        format!("{start}{}\r\n\r\n", "x".repeat(rest)).into_bytes()
    };
    for size in [1000, 60_000, 65_535, 65_536] {
        assert_eq!(of_size(size).len(), size);
        assert_eq!(server.send(&of_size(size)).status, 200, "{size}");
    }
    for size in [65_537, 70_000, 100_000, 200_000] {
        assert_eq!(server.send(&of_size(size)).status, 431, "{size}");
    }
    for (fields, status) in [(100, 200), (101, 431)] {
        let others = "X: y\r\n".repeat(fields - 1);
        let call = format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\n{others}\r\n");
        assert_eq!(server.send(call.as_bytes()).status, status, "{fields}");
    }
}

#[test]
fn a_page_that_rebinds_its_name_reads_only_public_paths_without_texts() {
    let server = Running::start(Settings::default());
    let secret =
        br#"{"query":"confidential","documents":["confidential"],"request_id":"confidential"}"#;
    assert_eq!(server.rerank_bytes(secret).status, 200);
    for path in [
        "/",
        "/page.css",
        "/page.js",
        "/texts.js",
        "/openapi.yaml",
        "/healthz",
        "/metrics",
    ] {
        let call = format!(
            "GET {path} HTTP/1.1\r\nHost: attacker.example\r\nOrigin: http://attacker.example\r\n\r\n"
        );
        let reply = server.send(call.as_bytes());
        assert_eq!(reply.status, 200, "{path}");
        assert!(!reply.text().contains("confidential"), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), None, "{path}");
    }
}

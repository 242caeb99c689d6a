//! Web pages of other origins may call the server only if they are allowed.

use bigmodel_rerank_server::{Keys, Origin, Settings};

use crate::support::{RERANK, Response, Running, request};

const PAGE: &str = "https://example.com";
const BODY: &[u8] = br#"{"query":"a","documents":["a"]}"#;

fn server(origins: &[&str]) -> Running {
    let origins = origins
        .iter()
        .map(|origin| origin.parse::<Origin>().unwrap());
    Running::start(Settings {
        cors_origins: origins.collect(),
        keys: Keys::parse("id.secret").unwrap(),
        ..Settings::default()
    })
}

fn preflight(server: &Running, path: &str, origin: &str) -> Response {
    let headers = [
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        (
            "Access-Control-Request-Headers",
            "authorization,content-type",
        ),
    ];
    server.send(&request("OPTIONS", path, &headers, b""))
}

fn call(server: &Running, origin: &str, key: &str) -> Response {
    let headers = [
        ("Origin", origin),
        ("Content-Type", "application/json"),
        ("Authorization", key),
    ];
    server.send(&request("POST", RERANK, &headers, BODY))
}

fn allowed(reply: &Response) -> Option<&str> {
    reply.header("access-control-allow-origin")
}

#[test]
fn no_origin_is_allowed_unless_it_is_listed() {
    let server = server(&[]);
    let refused = preflight(&server, RERANK, PAGE);
    assert_eq!((refused.status, allowed(&refused)), (405, None));
    assert_eq!(allowed(&call(&server, PAGE, "id.secret")), None);
}

#[test]
fn a_listed_origin_may_call_and_read_failures() {
    let server = server(&["http://localhost:3000", PAGE]);
    let preflight = preflight(&server, RERANK, PAGE);
    assert_eq!((preflight.status, allowed(&preflight)), (200, Some(PAGE)));
    let header = |name| preflight.header(name).unwrap().to_lowercase();
    assert!(header("access-control-allow-methods").contains("post"));
    for name in ["authorization", "content-type"] {
        assert!(header("access-control-allow-headers").contains(name));
    }
    for (key, status) in [("id.secret", 200), ("wrong", 401)] {
        let reply = call(&server, PAGE, key);
        assert_eq!((reply.status, allowed(&reply)), (status, Some(PAGE)));
        assert!(
            reply
                .header("vary")
                .unwrap()
                .to_lowercase()
                .contains("origin")
        );
    }
}

#[test]
fn another_origin_is_not_allowed() {
    let server = server(&[PAGE]);
    for origin in ["https://example.org", "http://example.com", "null"] {
        assert_eq!(
            allowed(&preflight(&server, RERANK, origin)),
            None,
            "{origin}"
        );
        assert_eq!(
            allowed(&call(&server, origin, "id.secret")),
            None,
            "{origin}"
        );
    }
}

#[test]
fn an_asterisk_allows_any_origin_but_not_for_metrics() {
    let server = server(&["*"]);
    assert_eq!(allowed(&preflight(&server, RERANK, PAGE)), Some("*"));
    assert_eq!(allowed(&call(&server, PAGE, "id.secret")), Some("*"));
    for (path, expected) in [
        ("/openapi.yaml", Some("*")),
        ("/healthz", Some("*")),
        ("/metrics", None),
        ("/", None),
    ] {
        let reply = server.send(&request("GET", path, &[("Origin", PAGE)], b""));
        assert_eq!((reply.status, allowed(&reply)), (200, expected), "{path}");
    }
}

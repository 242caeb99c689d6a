//! The log has one line for each request, without its contents.

use crate::program::http::{RERANK, request};
use crate::program::{Served, rerank};

#[test]
fn a_request_is_one_line_without_texts_and_key() {
    let mut command = rerank(&["serve", "--listen", "127.0.0.1:0", "--log", "debug"]);
    let server = Served::start_command(command.env("RERANK_SERVE_API_KEYS", "id.topsecret"));
    let headers = [
        ("Content-Type", "application/json"),
        ("Authorization", "Bearer id.topsecret"),
    ];
    for body in [
        r#"{"query":"confidential query","documents":["confidential text"],"request_id":"one\nline"}"#,
        r#"{"query":"confidential query","documents":[{"confidential":"text"}]}"#,
        r#"{"model":"confidential model","query":"a","documents":[],"user_id":"confidential user"}"#,
    ] {
        server.send(&request("POST", RERANK, &headers, body.as_bytes()));
    }
    server.send(&request("GET", "/no/such?confidential=parameter", &[], b""));
    server.terminate();
    let (status, log) = server.wait();
    assert!(status.success());
    assert!(
        !log.contains("confidential") && !log.contains("secret"),
        "{log}"
    );
    let access: Vec<_> = log
        .lines()
        .filter(|line| line.contains("access:"))
        .collect();
    assert_eq!(access.len(), 4, "{log}");
    for (line, parts) in access.iter().zip([
        &[
            "POST \"/api/paas/v4/rerank\"",
            "status=200",
            "documents=1",
            "request_id=\"one\\nline\"",
        ] as &[_],
        &[
            "POST \"/api/paas/v4/rerank\"",
            "status=400",
            "code=\"1214\"",
        ],
        &[
            "POST \"/api/paas/v4/rerank\"",
            "status=400",
            "code=\"1211\"",
        ],
        &["GET \"/no/such\"", "status=404", "code=\"1222\""],
    ]) {
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
}

#[test]
fn a_query_without_words_is_a_warning() {
    let server = Served::start(&["--log", "warn"]);
    for query in ["tea", "🙂"] {
        server.rerank(&format!(
            r#"{{"model":"rerank","query":"{query}","documents":["tea"]}}"#
        ));
    }
    server.terminate();
    let (_, log) = server.wait();
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(log.contains("a query has no words"), "{log}");
    assert!(!log.contains("🙂"), "{log}");
}

#[test]
fn a_quiet_log_is_empty() {
    let server = Served::start(&["--log", "off"]);
    server.rerank("{}");
    server.terminate();
    assert_eq!(server.wait().1, "");
}

//! The other paths: health, metrics, contract, page.

use std::io::{Read, Write};
use std::net::Shutdown;

use bigmodel_rerank_server::Settings;
use serde_json::{Value, json};

use crate::support::{RERANK, Running, request};

#[test]
fn a_health_check_returns_ok() {
    let reply = Running::start(Settings::default()).get("/healthz");
    assert_eq!((reply.status, reply.json()), (200, json!({"status": "ok"})));
}

#[test]
fn the_served_contract_is_the_effective_one() {
    let reply = Running::start(Settings::default()).get("/openapi.yaml");
    assert_eq!(
        reply.header("content-type"),
        Some("application/yaml; charset=utf-8")
    );
    assert_eq!(reply.text(), bigmodel_rerank_api::CONTRACT);
}

#[test]
fn metrics_count_requests_documents_and_tokens() {
    let server = Running::start(Settings::default());
    server.rerank(&json!({"query": "tea", "documents": ["tea", "milk"]}));
    server.rerank(&json!({"query": 3}));
    server.get("/nowhere/else");
    server.get("/nowhere");
    let reply = server.get("/metrics");
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert_eq!(reply.header("content-type"), Some(kind));
    let text = reply.text();
    for line in [
        r#"rerank_requests_total{path="/api/paas/v4/rerank",status="200",code=""} 1"#,
        r#"rerank_requests_total{path="/api/paas/v4/rerank",status="400",code="1214"} 1"#,
        r#"rerank_requests_total{path="other",status="404",code="1222"} 2"#,
        r#"rerank_request_duration_seconds_count{path="/api/paas/v4/rerank"} 2"#,
        "rerank_documents_total 2",
        "rerank_tokens_total 4",
        "rerank_requests_in_flight 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    assert!(text.ends_with("# EOF\n"));
}

#[test]
fn the_page_loads_nothing_from_other_origins() {
    let server = Running::start(Settings::default());
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/page.css", "text/css; charset=utf-8"),
        ("/page.js", "text/javascript; charset=utf-8"),
        ("/texts.js", "text/javascript; charset=utf-8"),
    ] {
        let reply = server.get(path);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, Some(kind)),
            "{path}"
        );
        let policy = reply.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{policy}"
        );
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert!(!reply.text().contains("https://"), "{path}");
    }
}

#[test]
fn the_script_of_the_page_has_the_facts_of_the_contract() {
    let reply = Running::start(Settings::default()).get("/page.js");
    let (strict, rest) = reply.text().split_once('\n').unwrap();
    let (line, _) = rest.split_once('\n').unwrap();
    assert_eq!(strict, "\"use strict\";");
    let facts = line.strip_prefix("const CONTRACT = ").unwrap();
    let facts: Value = serde_json::from_str(facts.strip_suffix(';').unwrap()).unwrap();
    let contract: Value = serde_yaml::from_str(bigmodel_rerank_api::CONTRACT).unwrap();
    let fields = &contract["components"]["schemas"]["RerankRequest"]["properties"];
    let documents = &fields["documents"];
    assert_eq!(
        facts,
        json!({
            "basePath": "/api",
            "rerankPath": RERANK,
            "maxDocuments": documents["maxItems"],
            "maxDocumentLength": documents["items"]["maxLength"],
            "maxQueryLength": fields["query"]["maxLength"],
        })
    );
}

#[test]
fn head_has_the_headers_and_no_body() {
    let server = Running::start(Settings::default());
    let length = server.get("/").body.len().to_string();
    let mut stream = server.connect();
    stream.write_all(&request("HEAD", "/", &[], b"")).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut read = String::new();
    stream.read_to_string(&mut read).unwrap();
    assert!(read.starts_with("HTTP/1.1 200 OK\r\n"), "{read}");
    assert!(
        read.contains(&format!("content-length: {length}\r\n")),
        "{read}"
    );
    assert!(read.ends_with("\r\n\r\n"), "{read}");
}

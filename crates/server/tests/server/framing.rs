//! Transfer and content codings of bodies, valid and invalid.

use bigmodel_rerank_server::Settings;

use crate::support::{RERANK, Response, Running};

const BODY: &str = r#"{"query":"a","documents":["a"]}"#;

/// Sends a call with these headers and these bytes as its body, and returns the response.
fn call(server: &Running, headers: &str, body: &str) -> Response {
    let head = format!(
        "POST {RERANK} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Connection: close\r\n{headers}\r\n\r\n"
    );
    server.send(&[head.as_bytes(), body.as_bytes()].concat())
}

fn in_one_chunk(chunk: &str) -> String {
    format!("{:x}\r\n{chunk}\r\n0\r\n\r\n", chunk.len())
}

#[test]
fn invalid_chunks_are_not_reported_as_an_incomplete_body() {
    let server = Running::start(Settings::default());
    let long = "a".repeat(20_000);
    let trailers = "A: b\r\n".repeat(2_000);
    for body in [
        "zz\r\na".to_owned(),
        format!("{}\r\na", "f".repeat(20)),
        "3\r\nabcdef\r\n".to_owned(),
        format!("1;{long}\r\na\r\n0\r\n\r\n"),
        format!("1\r\na\r\n0\r\n{trailers}\r\n"),
    ] {
        let reply = call(&server, "Transfer-Encoding: chunked", &body);
        let (status, code, message) = reply.failure();
        assert_eq!((status, code.as_str()), (400, "1210"), "{message}");
        assert!(message.starts_with("invalid chunked body"), "{message}");
    }
}

#[test]
fn chunks_with_extensions_and_trailers_are_read() {
    let server = Running::start(Settings::default());
    let length = BODY.len();
    for body in [
        in_one_chunk(BODY),
        format!("{length:X};a=b\r\n{BODY}\r\n0\r\nA: b\r\n\r\n"),
    ] {
        let reply = call(&server, "Transfer-Encoding: Chunked", &body);
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
}

#[test]
fn an_unsupported_coding_is_reported_with_its_header() {
    let server = Running::start(Settings::default());
    for coding in ["gzip, chunked", "br,chunked"] {
        let headers = format!("Transfer-Encoding: {coding}");
        let (status, code, message) = call(&server, &headers, &in_one_chunk(BODY)).failure();
        assert_eq!((status, code.as_str()), (415, "1210"), "{message}");
        assert!(message.contains("Transfer-Encoding"), "{message}");
    }
    for (encoding, status) in [
        ("", 200),
        ("identity", 200),
        ("Identity, identity", 200),
        ("identity, gzip", 415),
    ] {
        let headers = format!(
            "Content-Encoding: {encoding}\r\nContent-Length: {}",
            BODY.len()
        );
        assert_eq!(call(&server, &headers, BODY).status, status, "{encoding}");
    }
}

//! How a body is sent: in chunks, in codings, and what is wrong with them.

use bigmodel_rerank_server::Settings;

use crate::support::{RERANK, Reply, Running};

const BODY: &str = r#"{"query":"a","documents":["a"]}"#;

/// The response to a call whose body is sent with these headers, as these bytes.
fn call(server: &Running, headers: &str, body: &str) -> Reply {
    let head = format!(
        "POST {RERANK} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Connection: close\r\n{headers}\r\n\r\n"
    );
    server.send(&[head.as_bytes(), body.as_bytes()].concat())
}

fn whole(chunk: &str) -> String {
    format!("{:x}\r\n{chunk}\r\n0\r\n\r\n", chunk.len())
}

#[test]
fn chunks_that_are_invalid_are_not_called_a_body_that_ended() {
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
        assert!(
            message.starts_with("the body is not sent in valid chunks"),
            "{message}"
        );
    }
}

#[test]
fn chunks_with_extensions_and_trailers_are_read() {
    let server = Running::start(Settings::default());
    let length = BODY.len();
    for body in [
        whole(BODY),
        format!("{length:X};a=b\r\n{BODY}\r\n0\r\nA: b\r\n\r\n"),
    ] {
        let reply = call(&server, "Transfer-Encoding: Chunked", &body);
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
}

#[test]
fn a_coding_that_is_not_undone_is_named() {
    let server = Running::start(Settings::default());
    for coding in ["gzip, chunked", "br,chunked"] {
        let headers = format!("Transfer-Encoding: {coding}");
        let (status, code, message) = call(&server, &headers, &whole(BODY)).failure();
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

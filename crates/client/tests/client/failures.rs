//! The kinds of failures, and the facts that their errors have.

use std::error::Error as _;

use bigmodel_rerank::ErrorKind::{self, *};

use crate::loopback::{Loopback, MockResponse};
use crate::support::{DOCUMENTS, KEY, VALID, call, failed, quick, response};

/// Returns the kind of the error, and how often the request was sent.
async fn kind(first: MockResponse) -> (ErrorKind, usize) {
    let (called, requests) = call(vec![first]).await;
    let error = called.unwrap_err();
    assert_eq!(error.attempts() as usize, requests.len(), "{error}");
    (error.kind(), requests.len())
}

#[tokio::test]
async fn requests_that_fail_permanently_are_sent_once() {
    for (status, code, wanted) in [
        (401, "1000", Authentication),
        (401, "1004", Authentication),
        (403, "1220", Permission),
        (400, "1211", InvalidRequest),
        (400, "1214", InvalidRequest),
        (400, "1261", InvalidRequest),
        (400, "1301", ContentRefused),
        (429, "1113", Quota),
        (429, "1304", Quota),
        (429, "1308", Quota),
        (429, "1321", Quota),
        (404, "", InvalidRequest),
    ] {
        assert_eq!(
            kind(failed(status, code)).await,
            (wanted, 1),
            "{status} {code}"
        );
    }
}

#[tokio::test]
async fn requests_that_fail_temporarily_are_retried_and_reported_in_the_end() {
    for (status, code, wanted) in [
        (429, "1302", RateLimited),
        (429, "1305", RateLimited),
        (429, "9999", RateLimited),
        (500, "1200", Service),
        (500, "1234", Service),
        (503, "", Service),
    ] {
        assert_eq!(
            kind(failed(status, code)).await,
            (wanted, 3),
            "{status} {code}"
        );
    }
    let gateway = response(502, "<html><body>Bad Gateway</body></html>");
    assert_eq!(kind(gateway).await, (Service, 3));
}

#[tokio::test]
async fn requests_on_broken_connections_are_retried() {
    let cut = MockResponse::cut_short(200, VALID.as_bytes());
    for fault in [
        MockResponse::Reset(Vec::new()),
        MockResponse::Reset(cut.clone()),
        MockResponse::Bytes(Vec::new()),
        MockResponse::Bytes(cut.clone()),
        MockResponse::Bytes(b"HTTP/1.1 200 OK\r\nno header\r\n\r\n".to_vec()),
        MockResponse::Stall(Vec::new()),
        MockResponse::Stall(cut),
    ] {
        assert_eq!(kind(fault.clone()).await, (Transport, 3), "{fault:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_key_goes_nowhere() {
    let elsewhere = crate::loopback::Loopback::start(response(200, VALID)).unwrap();
    let location = elsewhere.url("/api/paas/v4/rerank");
    let redirect = MockResponse::new(307, &[("location", &location)], b"");
    let (called, requests) = call(vec![redirect]).await;
    assert_eq!(called.unwrap_err().kind(), InvalidResponse);
    assert_eq!((requests.len(), elsewhere.finish().len()), (1, 0));
}

#[tokio::test]
async fn an_error_states_all_facts_in_one_line() {
    let body =
        r#"{"error":{"code":"1214","message":"documents are not valid"},"request_id":"ours-1"}"#;
    let server = Loopback::start(response(400, body)).unwrap();
    let client = quick(&server.url("/api")).build().unwrap();
    let call = client.rerank("uses of copper", &DOCUMENTS);
    let error = call.request_id("ours-1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid request: documents are not valid (HTTP 400, code 1214, request ours-1)"
    );
    assert_eq!((error.status(), error.code()), (Some(400), Some("1214")));
    assert_eq!(error.request_id(), Some("ours-1"));
    assert!(error.source().is_none() && error.partial().is_none());
}

#[tokio::test]
async fn an_unknown_code_is_kept() {
    let (called, _) = call(vec![failed(400, "7777-x")]).await;
    assert_eq!(called.unwrap_err().code(), Some("7777-x"));
}

#[tokio::test]
async fn a_key_that_the_service_repeats_is_not_repeated() {
    for said in [KEY, "sesame-opens"] {
        let body = format!(r#"{{"error":{{"code":"1000","message":"bad key {said}!"}}}}"#);
        let (called, _) = call(vec![response(401, &body)]).await;
        let error = called.unwrap_err();
        assert!(error.to_string().contains("bad key …!"), "{error}");
    }
}

#[tokio::test]
async fn a_key_is_not_repeated_from_any_part_of_a_response() {
    let error = format!(r#"{{"error":{{"code":"{KEY}","message":"m"}},"request_id":"{KEY}"}}"#);
    let mistyped = VALID.replace("\"index\":1", &format!("\"index\":\"{KEY}\""));
    let named = VALID.replace("\"index\":1", "\"index\":9").replace(
        "\"id\":\"1\"",
        &format!("\"id\":\"1\",\"request_id\":\"{KEY}\""),
    );
    let headers = [("content-type", "text/html"), ("x-echo", KEY)];
    for told in [
        response(401, &error),
        response(200, &mistyped),
        response(200, &named),
        MockResponse::new(403, &headers, KEY.as_bytes()),
    ] {
        // `call` checks the error and all of its sources.
        let (called, _) = call(vec![told]).await;
        called.unwrap_err();
    }
}

#[tokio::test]
async fn a_token_that_the_service_repeats_is_not_repeated() {
    let echo = Echo::start();
    let client = crate::support::quick(&echo.url)
        .authentication(bigmodel_rerank::Authentication::Jwt)
        .build()
        .unwrap();
    let error = client.rerank("a", &["b"]).await.unwrap_err();
    let (token, _open) = echo.asked.join().unwrap();
    assert!(token.len() > 100, "{token}");
    assert!(error.to_string().contains("bad token …"), "{error}");
    assert!(!format!("{error:?}").contains(&token), "{error:?}");
}

/// A server that repeats the token of one request in its failure.
struct Echo {
    url: String,
    /// The token and the connection: closing it too early would discard the response.
    asked: std::thread::JoinHandle<(String, std::net::TcpStream)>,
}

impl Echo {
    fn start() -> Self {
        use std::io::{BufRead, BufReader, Write};

        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let asked = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut token = String::new();
            for line in BufReader::new(&stream).lines() {
                let line = line.unwrap();
                if let Some((_, value)) = line.split_once("Bearer ") {
                    token = value.to_owned();
                }
                if line.is_empty() {
                    break;
                }
            }
            let body = format!(r#"{{"error":{{"code":"1000","message":"bad token {token}"}}}}"#);
            let head = format!("HTTP/1.1 401 \r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all((head + &body).as_bytes()).unwrap();
            (token, stream)
        });
        Self { url, asked }
    }
}

#[tokio::test]
async fn a_response_without_end_is_read_up_to_a_limit() {
    use std::io::{Read, Write};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    let sent = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // A response before its request would be another fault.
        assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
        let spaces = vec![b' '; 1 << 20];
        let mut sent = 0_usize;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        // Until the client closes the connection.
        while stream.write_all(&spaces).is_ok() {
            sent += 1;
        }
        sent
    });
    let client = crate::support::quick(&url)
        .attempt_timeout(std::time::Duration::from_secs(60))
        .build()
        .unwrap();
    let error = client.rerank("a", &["b"]).await.unwrap_err();
    assert_eq!(error.kind(), bigmodel_rerank::ErrorKind::InvalidResponse);
    // The runtime closes the connection, so it must keep running until then.
    let sent = tokio::task::spawn_blocking(|| sent.join());
    let sent = sent.await.unwrap().unwrap();
    assert!((64..128).contains(&sent), "{sent} MiB");
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_named() {
    // The label is longer than DNS allows, so that no name server is queried.
    let host = format!("{}.invalid", "x".repeat(64));
    let client = quick(&format!("http://{host}/api")).build().unwrap();
    let error = client.rerank("a", &["b"]).await.unwrap_err();
    let wanted = format!("the host name of http://{host} could not be resolved");
    assert!(error.to_string().contains(&wanted), "{error}");
    assert_eq!((error.kind(), error.attempts()), (Transport, 3));
}

#[tokio::test]
async fn a_refused_connection_is_reported_with_its_cause() {
    let server = crate::loopback::Loopback::start(response(200, VALID)).unwrap();
    let url = server.url("/api");
    server.finish();
    let client = crate::support::quick(&url).build().unwrap();
    let error = client.rerank("a", &["b"]).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts(), error.status()),
        (Transport, 3, None)
    );
    assert!(error.to_string().contains("refused"), "{error}");
}

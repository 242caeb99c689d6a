//! Limits on requests, bodies and time.

use std::io::Write;
use std::thread;
use std::time::Duration;

use bigmodel_rerank_server::Settings;
use serde_json::json;

use crate::support::{Gate, RERANK, Response, Running, request};

const BODY: &[u8] = br#"{"query":"a","documents":["a"]}"#;
const IN_FLIGHT: &str = "rerank_requests_in_flight";

#[test]
fn more_requests_than_allowed_are_429_with_retry_after() {
    let gate = Gate::default();
    let settings = Settings {
        max_requests: 2,
        wait_timeout: Duration::ZERO,
        ..Settings::default()
    };
    let server = Running::over(gate.clone(), settings);
    thread::scope(|scope| {
        let shut = gate.shut();
        let served = [(); 2].map(|()| scope.spawn(|| server.rerank_bytes(BODY).status));
        server.wait_for(IN_FLIGHT, 2);
        let refused = server.rerank_bytes(BODY);
        let (status, code, message) = refused.failure();
        assert_eq!((status, code.as_str()), (429, "1302"));
        assert_eq!(message, "too many requests in flight; retry later");
        assert_eq!(refused.header("retry-after"), Some("1"));
        drop(shut);
        assert_eq!(served.map(|call| call.join().unwrap()), [200, 200]);
    });
    server.wait_for(IN_FLIGHT, 0);
    assert_eq!(server.rerank_bytes(BODY).status, 200);
}

#[test]
fn a_request_beyond_the_limit_waits_for_a_permit() {
    let gate = Gate::default();
    let settings = Settings {
        max_requests: 1,
        wait_timeout: Duration::from_secs(60),
        ..Settings::default()
    };
    let server = Running::over(gate.clone(), settings);
    thread::scope(|scope| {
        let shut = gate.shut();
        let served = [(); 3].map(|()| scope.spawn(|| server.rerank_bytes(BODY).status));
        // One of them is the connection that reads the metrics.
        server.wait_for("rerank_connections", 4);
        server.wait_for(IN_FLIGHT, 1);
        drop(shut);
        assert_eq!(served.map(|call| call.join().unwrap()), [200; 3]);
    });
}

#[test]
fn scoring_that_times_out_is_a_503_with_retry_after() {
    let gate = Gate::default();
    let settings = Settings {
        work_timeout: Duration::from_millis(50),
        ..Settings::default()
    };
    let server = Running::over(gate.clone(), settings);
    let shut = gate.shut();
    let refused = server.rerank_bytes(BODY);
    let (status, code, _) = refused.failure();
    assert_eq!((status, code.as_str()), (503, "1230"));
    assert_eq!(refused.header("retry-after"), Some("1"));
    drop(shut);
}

#[test]
fn the_largest_valid_request_fits() {
    // The character with the longest form: two escapes.
    let text = "\\udbff\\udfff".repeat(4096);
    let documents = vec![format!("\"{text}\""); 128].join(",");
    let body = format!(r#"{{"query":"{text}","documents":[{documents}],"return_documents":true}}"#);
    assert!(body.len() > 6_000_000, "{}", body.len());
    let ranking = Running::start(Settings::default())
        .rerank_bytes(body.as_bytes())
        .ranking();
    assert_eq!(ranking["results"].as_array().unwrap().len(), 128);
}

#[test]
fn a_body_over_the_limit_is_rejected_with_a_length_and_in_chunks() {
    let server = Running::start(Settings {
        max_body: 1000,
        ..Settings::default()
    });
    let body = json!({"query": "a".repeat(1000), "documents": []}).to_string();
    let announced = server.rerank_bytes(body.as_bytes()).failure();
    let message = "the body is larger than 1000 bytes, the limit of this server";
    assert_eq!(announced, (413, "1261".to_owned(), message.to_owned()));

    let chunked = format!(
        "POST {RERANK} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
         {:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    assert_eq!(server.send(chunked.as_bytes()).failure(), announced);
    assert_eq!(server.rerank_bytes(BODY).status, 200);
}

#[test]
fn a_caller_that_sends_all_of_a_rejected_body_can_read_the_response() {
    let server = Running::start(Settings::default());
    let body = vec![b' '; 20 << 20];
    for (headers, status) in [
        (&[("Content-Type", "application/json")], 413),
        (&[("Content-Type", "text/plain")], 415),
    ] {
        let mut stream = server.connect();
        stream
            .write_all(&request("POST", RERANK, headers, &body))
            .unwrap();
        assert_eq!(Response::read(&mut stream).unwrap().failure().0, status);
    }
}

#[test]
fn a_caller_that_expects_100_continue_is_rejected_before_it_sends_the_body() {
    let server = Running::start(Settings::default());
    let head = format!(
        "POST {RERANK} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: 99999999\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(server.send(head.as_bytes()).failure().0, 413);
}

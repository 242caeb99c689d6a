//! Callers that are slow, stop midway, or never read.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use bigmodel_rerank_server::Settings;
use serde_json::json;

use crate::support::{Response, Running, rerank_request};

const SHORT: Duration = Duration::from_millis(150);
const BODY: &[u8] = br#"{"query":"a","documents":["a"]}"#;

#[test]
fn headers_that_do_not_arrive_close_the_connection() {
    let server = Running::start(Settings {
        header_timeout: SHORT,
        ..Settings::default()
    });
    for sent in ["", "POST /api", "POST / HTTP/1.1\r\nHost: localhost\r\n"] {
        let mut stream = server.connect();
        stream.write_all(sent.as_bytes()).unwrap();
        let mut read = Vec::new();
        stream.read_to_end(&mut read).unwrap();
        assert!(!read.starts_with(b"HTTP/1.1 2"), "{read:?}");
    }
}

#[test]
fn a_body_that_does_not_arrive_is_a_408() {
    let server = Running::start(Settings {
        body_timeout: SHORT,
        ..Settings::default()
    });
    let complete = rerank_request(BODY);
    let half = &complete[..complete.len() - 5];
    let (status, code, message) = server.send(half).failure();
    assert_eq!((status, code.as_str()), (408, "1210"), "{message}");
    assert_eq!(message, "reading the body timed out after 0.15 s");
    assert_eq!(server.rerank_bytes(BODY).status, 200);
}

#[test]
fn an_incomplete_body_is_reported() {
    let server = Running::start(Settings::default());
    let complete = rerank_request(BODY);
    let mut stream = server.connect();
    stream.write_all(&complete[..complete.len() - 5]).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let (status, code, message) = Response::read(&mut stream).unwrap().failure();
    assert_eq!((status, code.as_str()), (400, "1210"));
    assert_eq!(
        message,
        "incomplete body: the connection was closed before the end of the body"
    );
}

#[test]
fn a_caller_may_shut_down_its_sending_side_before_it_reads() {
    let server = Running::start(Settings::default());
    let mut stream = server.connect();
    stream.write_all(&rerank_request(BODY)).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    assert_eq!(Response::read(&mut stream).unwrap().status, 200);
}

#[test]
fn a_body_that_arrives_byte_by_byte_is_read() {
    let server = Running::start(Settings::default());
    let mut stream = server.connect();
    stream.set_nodelay(true).unwrap();
    for byte in rerank_request(BODY) {
        stream.write_all(&[byte]).unwrap();
    }
    assert_eq!(Response::read(&mut stream).unwrap().status, 200);
}

#[test]
fn a_caller_that_never_reads_is_disconnected() {
    let server = Running::start(Settings {
        rate_window: SHORT,
        ..Settings::default()
    });
    let texts = vec!["x".repeat(4096); 128];
    let body = json!({"query": "a", "documents": texts, "return_documents": true}).to_string();
    let call = rerank_request(body.as_bytes());
    let mut stream = server.connect();
    // More responses than the system buffers for a caller.
    for _ in 0..64 {
        if stream.write_all(&call).is_err() {
            break;
        }
    }
    // Only the connection that reads the metrics remains.
    server.wait_for("rerank_connections", 1);
}

#[test]
fn callers_that_disconnect_midway_leave_nothing_behind() {
    let server = Running::start(Settings::default());
    let complete = rerank_request(BODY);
    for end in (0..complete.len()).step_by(7) {
        server.connect().write_all(&complete[..end]).unwrap();
    }
    server.wait_for("rerank_connections", 1);
    assert_eq!(server.metric("rerank_requests_in_flight"), 0);
    assert_eq!(server.rerank_bytes(BODY).status, 200);
}

#[test]
fn callers_that_send_slowly_do_not_keep_out_others() {
    let settings = Settings {
        max_requests: 2,
        // Two such bodies fit.
        max_held: 400 << 10,
        address_share: 100,
        wait_timeout: Duration::ZERO,
        body_timeout: Duration::from_secs(600),
        rate_window: Duration::from_secs(600),
        ..Settings::default()
    };
    let server = Running::start(settings);
    let large = json!({"query": "a", "documents": vec!["x".repeat(4096); 40]}).to_string();
    let large = rerank_request(large.as_bytes());
    // Only two fit, so one of the three is refused, and the others wait.
    let halves: Vec<_> = (0..3)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(&large[..large.len() - 5]).unwrap();
            stream
        })
        .collect();
    let (sender, replies) = mpsc::channel();
    thread::scope(|scope| {
        for half in &halves {
            let sender = sender.clone();
            let mut half = half.try_clone().unwrap();
            scope.spawn(move || sender.send(Response::read(&mut half)));
        }
        let refused = replies.recv().unwrap().unwrap();
        assert_eq!(refused.failure().1, "1302");
        assert_eq!(server.rerank_bytes(BODY).status, 200);
        for half in &halves {
            let _ = half.shutdown(Shutdown::Both);
        }
    });
}

/// Returns a call whose response is larger than what the system buffers for a caller.
fn call_with_large_response() -> Vec<u8> {
    // Each of these characters takes six bytes.
    let texts = vec!["\u{1}".repeat(4096); 128];
    let body = json!({"query": "a", "documents": texts, "return_documents": true});
    rerank_request(body.to_string().as_bytes())
}

#[test]
fn a_response_that_is_not_read_holds_its_permit_until_the_timeout() {
    let settings = Settings {
        max_held: 4 << 20,
        address_share: 100,
        wait_timeout: Duration::ZERO,
        response_timeout: Duration::from_secs(1),
        ..Settings::default()
    };
    let server = Running::start(settings);
    let call = call_with_large_response();
    let mut stream = server.connect();
    stream.write_all(&call).unwrap();
    server.wait_for("rerank_requests_in_flight", 1);
    let refused = server.send(&call);
    assert_eq!(refused.failure().1, "1302");
    // Small requests need no such permit.
    assert_eq!(server.rerank_bytes(BODY).status, 200);
    server.wait_for("rerank_requests_in_flight", 0);
    assert!(
        Response::read(&mut stream).is_err(),
        "the response was complete"
    );
    assert_eq!(server.metric(r#"rerank_refusals_total{reason="held"}"#), 1);
    assert_eq!(
        server.metric(r#"rerank_refusals_total{reason="slow_download"}"#),
        1
    );
    assert_eq!(server.send(&call).status, 200);
}

#[test]
fn a_response_that_is_read_too_slowly_closes_the_connection() {
    let server = Running::start(Settings {
        rate_window: Duration::from_millis(500),
        // More than any reader reaches.
        min_rate: 1 << 40,
        ..Settings::default()
    });
    let mut stream = server.connect();
    stream.write_all(&call_with_large_response()).unwrap();
    server.wait_for(r#"rerank_refusals_total{reason="slow_download"}"#, 1);
    assert!(
        Response::read(&mut stream).is_err(),
        "the response was complete"
    );
    assert_eq!(server.rerank_bytes(BODY).status, 200);
}

#[test]
fn a_body_that_arrives_too_slowly_is_a_408_even_after_a_fast_start() {
    let server = Running::start(Settings {
        rate_window: Duration::from_millis(300),
        min_rate: 1 << 10,
        body_timeout: Duration::from_secs(600),
        ..Settings::default()
    });
    let large = json!({"query": "a", "documents": vec!["x".repeat(4096); 100]}).to_string();
    let large = rerank_request(large.as_bytes());
    let mut stream = server.connect();
    stream.write_all(&large[..large.len() - 1000]).unwrap();
    let (status, code, message) = Response::read(&mut stream).unwrap().failure();
    assert_eq!((status, code.as_str()), (408, "1210"));
    assert_eq!(
        message,
        "the body arrived too slowly: less than 1024 bytes/s for 0.3 s"
    );
    assert_eq!(
        server.metric(r#"rerank_refusals_total{reason="slow_upload"}"#),
        1
    );
}

#[test]
fn timeouts_of_any_length_are_accepted() {
    for timeout in [Duration::MAX, Duration::from_secs(1)] {
        let server = Running::start(Settings {
            rate_window: timeout,
            wait_timeout: timeout,
            header_timeout: timeout,
            body_timeout: timeout,
            work_timeout: timeout,
            response_timeout: timeout,
            stop_timeout: timeout,
            min_rate: usize::MAX,
            max_requests: usize::MAX,
            max_connections: usize::MAX,
            max_held: usize::MAX,
            max_work: usize::MAX,
            ..Settings::default()
        });
        let large = json!({"query": "a", "documents": vec!["x".repeat(4096); 40]});
        assert_eq!(server.rerank(&large).status, 200);
        assert_eq!(server.finish().cut, 0);
    }
    let server = Running::start(Settings {
        rate_window: Duration::ZERO,
        ..Settings::default()
    });
    assert_eq!(server.rerank_bytes(BODY).status, 200);
}

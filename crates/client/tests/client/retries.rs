//! Retries: which requests, when, and with which content.

use std::time::Duration;

use bigmodel_rerank::{ErrorKind, Retry};

use crate::loopback::{Loopback, MockResponse};
use crate::support::{DOCUMENTS, VALID, body, call, failed, quick, response};

#[tokio::test]
async fn a_temporary_failure_is_retried_and_gives_a_ranking() {
    let faults = [
        failed(429, "1302"),
        failed(500, "1230"),
        MockResponse::Reset(Vec::new()),
        MockResponse::Bytes(MockResponse::cut_short(200, b"{")),
    ];
    for fault in faults {
        let (called, requests) = call(vec![fault, response(200, VALID)]).await;
        assert_eq!(called.unwrap().hits.len(), 2);
        assert_eq!(requests.len(), 2);
    }
}

#[tokio::test]
async fn every_attempt_sends_the_same_request() {
    let (_, requests) = call(vec![failed(500, "1200")]).await;
    let bodies: Vec<_> = requests.iter().map(body).collect();
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(bodies[0]["request_id"].as_str().unwrap().len(), 36);
}

#[tokio::test]
async fn retry_after_beyond_the_deadline_is_not_waited_for() {
    for value in [
        "3600",
        "Tue, 31 Dec 2999 23:59:59 GMT",
        "18446744073709551615",
    ] {
        let headers = [("retry-after", value)];
        let busy = br#"{"error":{"code":"1302","message":"busy"}}"#;
        let (called, requests) = call(vec![MockResponse::new(429, &headers, busy)]).await;
        let error = called.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(
            error.retry_after().unwrap() >= Duration::from_secs(3600),
            "{error:?}"
        );
        let said = error.to_string();
        assert!(said.contains("retry after "), "{said}");
        assert!(
            said.contains("not retried: the service asks to wait "),
            "{said}"
        );
        assert_eq!(requests.len(), 1, "{value}");
    }
}

#[tokio::test]
async fn a_past_or_invalid_retry_after_is_not_waited_for() {
    for value in [
        "0",
        "Fri, 31 Dec 1999 23:59:59 GMT",
        "soon",
        "-1",
        "nan",
        "1e999",
        "",
    ] {
        let headers = [("retry-after", value)];
        let busy = MockResponse::new(503, &headers, b"{}");
        let (called, requests) = call(vec![busy, response(200, VALID)]).await;
        assert!(called.is_ok() && requests.len() == 2, "{value}");
    }
}

#[tokio::test]
async fn the_timeout_ends_a_call_that_would_be_retried() {
    let server = Loopback::start(MockResponse::Stall(Vec::new())).unwrap();
    let client = quick(&server.url("/api"))
        .attempt_timeout(Duration::from_secs(600))
        .timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(
        error.to_string().contains("timed out after 0.1 s"),
        "{error}"
    );
}

#[tokio::test]
async fn a_policy_without_retries_sends_once() {
    let server = Loopback::start(failed(500, "1200")).unwrap();
    let client = quick(&server.url("/api")).build().unwrap();
    let error = client
        .rerank("a", &DOCUMENTS)
        .retry(Retry::never())
        .await
        .unwrap_err();
    assert_eq!((error.attempts(), server.finish().len()), (1, 1));
}

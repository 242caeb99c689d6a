//! Timeouts: which one is reported, and which requests are retried.

use std::time::Duration;

use bigmodel_rerank::{ErrorKind, Reranker, Retry};

use crate::keep_alive::{KeepAlive, scores};
use crate::loopback::{Loopback, MockResponse};
use crate::support::{DOCUMENTS, VALID, quick, response};

const SHORT: Duration = Duration::from_millis(200);

#[tokio::test]
async fn by_default_an_attempt_may_take_as_long_as_the_call() {
    let server = Loopback::start(MockResponse::Stall(Vec::new())).unwrap();
    let client = Reranker::builder()
        .base_url(server.url("/api"))
        .timeout(SHORT)
        .build()
        .unwrap();
    let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert!(
        error
            .to_string()
            .contains("timed out after 0.2 s (`timeout`, for the whole call)"),
        "{error}"
    );
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(server.finish().len(), 1, "nothing is paid for twice");
}

#[tokio::test]
async fn an_attempt_that_times_out_is_retried() {
    let responses = vec![MockResponse::Stall(Vec::new()), response(200, VALID)];
    let server = Loopback::start_each(responses).unwrap();
    let client = quick(&server.url("/api")).attempt_timeout(SHORT);
    let client = client.build().unwrap();
    assert!(client.rerank("a", &DOCUMENTS).await.is_ok());
    assert_eq!(server.finish().len(), 2);
}

#[tokio::test]
async fn a_late_response_to_an_abandoned_attempt_is_discarded() {
    let server = KeepAlive::start(|request, number| {
        if number == 0 {
            std::thread::sleep(SHORT * 3);
        }
        vec![scores(request).to_string()]
    });
    let client = quick(&server.url).attempt_timeout(SHORT);
    let client = client.build().unwrap();
    for number in 0..4 {
        let documents = [number.to_string()];
        let ranking = client.rerank("q", &documents).await.unwrap();
        assert_eq!(ranking.hits[0].score, number as f32);
    }
    // The attempt was abandoned together with its connection.
    assert_eq!(server.seen(), [0, 1, 1, 1, 1]);
}

#[tokio::test]
async fn the_timeout_of_an_attempt_is_named() {
    let server = Loopback::start(MockResponse::Stall(Vec::new())).unwrap();
    let client = quick(&server.url("/api")).attempt_timeout(SHORT);
    let client = client.build().unwrap();
    let call = client.rerank("a", &DOCUMENTS).retry(Retry::never());
    let said = call.await.unwrap_err().to_string();
    assert!(
        said.contains("timed out after 0.2 s (`attempt_timeout`, for one attempt)"),
        "{said}"
    );
}

#[cfg(target_os = "linux")]
/// Returns an address that neither accepts nor refuses connections, because its queue is full.
fn full() -> (std::net::TcpListener, Vec<std::net::TcpStream>, String) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let wait = Duration::from_millis(100);
    let mut waiting = Vec::new();
    while let Ok(stream) = std::net::TcpStream::connect_timeout(&address, wait) {
        waiting.push(stream);
    }
    (listener, waiting, format!("http://{address}/api"))
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_timeout_of_a_connection_is_named() {
    let (_listener, _waiting, url) = full();
    let client = quick(&url)
        .connect_timeout(SHORT)
        .attempt_timeout(SHORT * 50);
    let client = client.build().unwrap();
    let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
    let said = error.to_string();
    assert!(
        said.contains("timed out after 0.2 s (`connect_timeout`, for opening a connection)"),
        "{said}"
    );
    // Nothing was sent, so another attempt costs nothing.
    assert_eq!((error.attempts(), error.is_transient()), (3, true));
}

#[tokio::test]
async fn timeouts_without_end_are_timeouts() {
    let server = Loopback::start(response(200, VALID)).unwrap();
    let client = quick(&server.url("/api"))
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .retry(Retry::default().backoff(Duration::MAX, Duration::MAX))
        .build()
        .unwrap();
    assert!(client.rerank("a", &DOCUMENTS).await.is_ok());
}

//! Connections that break or stand still.

use std::net::TcpListener;
use std::time::Duration;

use super::api::types::ErrorResponse;
use super::api::{Client, Error};
use super::support::{KEY, fail, keeping_secrets, request};
use crate::loopback::{Loopback, MockResponse};

/// The beginning of a good answer, and the promise of more.
fn cut_short() -> Vec<u8> {
    MockResponse::cut_short(200, br#"{"id":"1","results":["#)
}

/// The exchange broke: no status, no answer, and no time limit involved.
fn assert_broken(error: &Error<ErrorResponse>) {
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.is_transport() && !error.is_timeout() && !error.is_invalid());
    assert_eq!(error.status(), None);
    assert!(error.api().is_none());
}

#[tokio::test]
async fn a_refused_connection_is_a_transport_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::bearer(&format!("http://{address}"), KEY).unwrap();
    let error = keeping_secrets(client.rerank(&request()).await.unwrap_err());
    assert_broken(&error);
    assert!(matches!(&error, Error::Transport(cause) if cause.is_connect()));
}

#[tokio::test]
async fn a_connection_reset_before_the_answer_is_a_transport_error() {
    assert_broken(&fail(MockResponse::Reset(Vec::new())).await);
}

#[tokio::test]
async fn a_connection_closed_before_the_answer_is_a_transport_error() {
    assert_broken(&fail(MockResponse::Bytes(Vec::new())).await);
}

#[tokio::test]
async fn a_connection_reset_in_the_body_is_a_transport_error() {
    assert_broken(&fail(MockResponse::Reset(cut_short())).await);
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_a_transport_error() {
    assert_broken(&fail(MockResponse::Bytes(cut_short())).await);
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_a_transport_error() {
    assert_broken(&fail(MockResponse::Bytes(b"220 mail.example ESMTP\r\n".to_vec())).await);
}

#[tokio::test]
async fn the_callers_time_limit_ends_a_wait_for_the_answer() {
    assert_timeout(Vec::new()).await;
}

#[tokio::test]
async fn the_callers_time_limit_ends_a_wait_for_the_rest_of_the_body() {
    assert_timeout(cut_short()).await;
}

async fn assert_timeout(before_the_stall: Vec<u8>) {
    let server = Loopback::start(MockResponse::Stall(before_the_stall)).unwrap();
    let client = Client::with_http_client(&server.url("/api"), impatient())
        .and_then(|client| client.with_bearer_auth(KEY))
        .unwrap();
    let error = keeping_secrets(client.rerank(&request()).await.unwrap_err());
    assert!(error.is_timeout() && error.is_transport(), "{error:?}");
    assert_eq!(server.finish().len(), 1);
}

/// An HTTP client with a time limit; over plain HTTP it needs TLS only to be made.
fn impatient() -> reqwest::Client {
    let builder = Client::http_builder("http://127.0.0.1").unwrap();
    builder.timeout(Duration::from_millis(200)).build().unwrap()
}

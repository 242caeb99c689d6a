//! Requests beyond the limits: refused here, all reasons at once, nothing sent.

use super::api::types::RerankRequest;
use super::api::{Client, Error};
use super::support::{KEY, keeping_secrets, request};
use crate::loopback::{Loopback, MockResponse};

const ANSWER: &[u8] = br#"{"id":"1","results":[],"usage":{"prompt_tokens":1,"total_tokens":1}}"#;

/// Calls with `request`; the broken limits, or `None` if the service was asked.
async fn refusal(request: RerankRequest) -> Option<String> {
    let server = Loopback::start(MockResponse::new(200, &[], ANSWER)).unwrap();
    let client = Client::bearer(&server.url("/api"), KEY).unwrap();
    let called = client.rerank(&request).await;
    let connections = server.finish().len();
    match called.map_err(keeping_secrets) {
        Ok(_) => {
            assert_eq!(connections, 1);
            None
        }
        Err(error) => {
            assert_eq!(connections, 0, "nothing is sent");
            assert!(error.is_invalid() && error.status().is_none());
            match error {
                Error::Invalid(broken) => Some(broken.to_string()),
                other => panic!("{other:?}"),
            }
        }
    }
}

fn with_documents(count: usize) -> RerankRequest {
    let mut request = request();
    request.documents = vec!["Copper wire".to_owned(); count];
    request
}

#[tokio::test]
async fn a_document_that_is_too_long_is_named_with_its_length() {
    let mut request = with_documents(18);
    request.documents[17] = "x".repeat(4103);
    assert_eq!(
        refusal(request).await.unwrap(),
        "documents[17]: 4103 characters, at most 4096"
    );
}

#[tokio::test]
async fn lengths_count_characters_and_not_bytes() {
    let mut request = with_documents(1);
    request.query = "铜".repeat(4096);
    request.documents[0] = "铜".repeat(4096);
    assert_eq!(refusal(request.clone()).await, None);
    request.query.push('铜');
    assert_eq!(
        refusal(request).await.unwrap(),
        "query: 4097 characters, at most 4096"
    );
}

#[tokio::test]
async fn a_request_has_at_most_128_documents() {
    assert_eq!(refusal(with_documents(128)).await, None);
    assert_eq!(
        refusal(with_documents(129)).await.unwrap(),
        "documents: 129 items, at most 128"
    );
}

#[tokio::test]
async fn a_user_id_has_6_to_128_characters() {
    let with_length = |length| refusal(request().user_id("键".repeat(length)));
    assert_eq!(with_length(6).await, None);
    assert_eq!(with_length(128).await, None);
    assert_eq!(
        with_length(5).await.unwrap(),
        "user_id: 5 characters, at least 6"
    );
    assert_eq!(
        with_length(129).await.unwrap(),
        "user_id: 129 characters, at most 128"
    );
}

#[tokio::test]
async fn top_n_starts_at_0_and_ends_nowhere() {
    assert_eq!(refusal(request().top_n(0 as _)).await, None);
    assert_eq!(refusal(request().top_n(i64::MAX as _)).await, None);
    assert_eq!(
        refusal(request().top_n(-1 as _)).await.unwrap(),
        "top_n: -1, at least 0"
    );
}

#[tokio::test]
async fn every_broken_limit_is_told_at_once() {
    let mut request = with_documents(130).top_n(-1 as _).user_id("me");
    request.query = "x".repeat(4097);
    request.documents[3] = "x".repeat(5000);
    request.documents[129] = "x".repeat(4097);
    let refusal = refusal(request).await.unwrap();
    assert_eq!(
        refusal.split("; ").collect::<Vec<_>>(),
        [
            "query: 4097 characters, at most 4096",
            "top_n: -1, at least 0",
            "documents: 130 items, at most 128",
            "documents[3]: 5000 characters, at most 4096",
            "documents[129]: 4097 characters, at most 4096",
            "user_id: 2 characters, at least 6",
        ]
    );
}

//! Clients that can be made, and those that cannot: base URLs and credentials.

use std::error::Error as _;

use super::api::types::Model;
use super::api::{BASE_URL, Client, Error, SetupError};
use super::support::{KEY, assert_chain, assert_hidden, keeping_secrets, request};
use crate::loopback::{Loopback, MockResponse, Request};

/// The request that reaches a server whose base URL ends in `path`.
async fn sent(path: &str, key: Option<&str>) -> Request {
    let body = br#"{"id":"1","results":[],"usage":{"prompt_tokens":1,"total_tokens":1}}"#;
    let server = Loopback::start(MockResponse::new(200, &[], body)).unwrap();
    let mut client = Client::new(&server.url(path)).unwrap();
    if let Some(key) = key {
        client = client.with_bearer_auth(key).unwrap();
    }
    client.rerank(&request()).await.unwrap();
    server.finish().remove(0)
}

fn refused(base_url: &str) -> String {
    match Client::bearer(base_url, KEY) {
        Err(error @ SetupError::BaseUrl { .. }) => {
            assert_chain(&error);
            error.to_string()
        }
        other => panic!("{base_url:?}: {other:?}"),
    }
}

#[tokio::test]
async fn base_url_and_path_meet_in_one_slash() {
    for (base, path) in [
        ("", "/paas/v4/rerank"),
        ("/", "/paas/v4/rerank"),
        ("/api", "/api/paas/v4/rerank"),
        ("/api/", "/api/paas/v4/rerank"),
        ("/a%20b/%E9%94%AE", "/a%20b/%E9%94%AE/paas/v4/rerank"),
    ] {
        let line = sent(base, None).await.line();
        assert_eq!(line, format!("POST {path} HTTP/1.1"), "{base:?}");
    }
}

#[test]
fn a_client_tells_its_base_url() {
    let client = Client::new("https://gateway.example/zhipu").unwrap();
    assert_eq!(client.base_url(), "https://gateway.example/zhipu");
}

#[test]
fn values_beyond_the_listed_ones_survive_letter_for_letter() {
    for code in ["rerank", "Rerank-X", "重排"] {
        let model = Model::from(code);
        assert_eq!(model.to_string(), code);
        let json = serde_json::to_string(&model).unwrap();
        assert_eq!(serde_json::from_str::<Model>(&json).unwrap(), model);
    }
    assert_eq!(
        Model::from("Rerank-X"),
        Model::Unknown("Rerank-X".to_owned())
    );
}

#[tokio::test]
async fn a_query_in_the_base_url_stays_behind_the_path() {
    assert_eq!(
        sent("/api?tenant=7", None).await.line(),
        "POST /api/paas/v4/rerank?tenant=7 HTTP/1.1"
    );
}

#[test]
fn what_is_no_base_url_is_refused_with_the_reason() {
    for (base, shown, reason) in [
        ("", "…", "relative URL without a base"),
        ("open.bigmodel.cn/api", "…", "relative URL without a base"),
        ("https://", "https://", "empty host"),
        ("ftp://host/api", "ftp://host/api", "its scheme is ftp"),
        ("localhost:8080", "…", "its scheme is localhost"),
        (
            "https://host/#a",
            "https://host/#a",
            "it has a fragment, which is never sent",
        ),
    ] {
        assert_eq!(
            refused(base),
            format!("{shown:?} is not a base URL ({reason}); write it as in https://host/path")
        );
    }
}

#[test]
fn a_credential_in_the_place_of_the_base_url_is_not_shown() {
    for base in [
        KEY.to_owned(),
        format!("https://me:{KEY}@host/api"),
        format!("https://{KEY}@host"),
    ] {
        let error = Client::bearer(&base, "another-key").unwrap_err();
        assert!(matches!(error, SetupError::BaseUrl { .. }), "{error:?}");
        assert_chain(&error);
    }
}

#[test]
fn every_failure_leaves_its_reason_to_its_source() {
    let no_agent = Client::http_builder(BASE_URL)
        .unwrap()
        .user_agent("two\nlines");
    for error in [
        SetupError::Tls("no trusted certificates were found".into()),
        SetupError::Http(no_agent.build().unwrap_err()),
    ] {
        assert_chain(&error);
        assert!(error.source().is_some(), "{error}");
    }
    let encode = Error::Encode(serde_json::from_str::<Model>("1").unwrap_err());
    assert!(keeping_secrets(encode).source().is_some());
}

#[tokio::test]
async fn without_a_key_no_authorization_is_sent() {
    let headers = sent("/api", None).await.headers();
    assert!(headers.iter().all(|(name, _)| name != "authorization"));
}

#[tokio::test]
async fn the_key_is_sent_and_never_shown() {
    let request = sent("/api", Some(KEY)).await;
    let header = ("authorization".to_owned(), format!("Bearer {KEY}"));
    assert!(request.headers().contains(&header));

    let client = Client::bearer(BASE_URL, KEY).unwrap();
    assert_hidden(&client);
    assert_hidden(&client.clone());
    assert!(format!("{client:?}").contains("open.bigmodel.cn"));
}

#[test]
fn a_key_that_no_header_can_carry_is_refused_without_being_shown() {
    for key in [
        format!("{KEY}\n"),
        format!("{KEY}\r\nx-other: 1"),
        format!("\0{KEY}"),
        format!("{KEY} "),
        String::new(),
        "  ".to_owned(),
    ] {
        let error = Client::bearer(BASE_URL, &key).unwrap_err();
        assert!(matches!(error, SetupError::Credential));
        assert_chain(&error);
        assert!(error.source().is_none());
    }
}

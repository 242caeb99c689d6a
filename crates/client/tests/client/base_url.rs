//! Base URLs in the forms that people use, and the errors for invalid ones.

use bigmodel_rerank::{BaseUrl, ErrorKind};

use crate::loopback::{Loopback, MockResponse};
use crate::support::{DOCUMENTS, VALID, assert_hidden, keeping_secrets, quick, response};

/// Calls a server with a path after its port, and returns the outcome and the request line.
async fn call_path(
    path: &str,
    response: MockResponse,
) -> (Result<(), bigmodel_rerank::Error>, String) {
    let server = Loopback::start(response).unwrap();
    let client = quick(&server.url(path)).build().unwrap();
    let outcome = client.rerank("a", &DOCUMENTS).await;
    let line = server.finish()[0].line();
    (outcome.map(|_| ()).map_err(keeping_secrets), line)
}

#[tokio::test]
async fn the_same_path_is_requested_however_the_base_url_is_written() {
    for path in [
        "/api",
        "/api/",
        "/api/paas/v4",
        "/api/paas/v4/",
        "/api/paas/v4/rerank",
        "/api/paas/v4/rerank/  ",
    ] {
        let (outcome, line) = call_path(path, response(200, VALID)).await;
        assert!(outcome.is_ok(), "{path}");
        assert_eq!(line, "POST /api/paas/v4/rerank HTTP/1.1", "{path}");
    }
    let (_, line) = call_path("/xpaas/v4", response(200, VALID)).await;
    assert_eq!(line, "POST /xpaas/v4/paas/v4/rerank HTTP/1.1");
}

#[tokio::test]
async fn a_missing_path_is_reported_with_the_requested_url() {
    let spring = r#"{"timestamp":"2026-01-01","status":404,"error":"Not Found","path":"/v4"}"#;
    for (status, body, reason) in [
        (404, spring, "Not Found"),
        (404, "<html>gone</html>", "<html>gone</html>"),
        (405, "", "empty"),
    ] {
        let (outcome, _) = call_path("/else/where", response(status, body)).await;
        let error = outcome.unwrap_err();
        let said = error.to_string();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(said.contains(reason), "{said}");
        assert!(
            said.contains("/else/where/paas/v4/rerank; check the base URL"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_redirect_is_reported_with_both_urls() {
    let location = "https://elsewhere.example/api/paas/v4/rerank?key=sesame-opens";
    let redirect = MockResponse::new(301, &[("location", location)], b"");
    let (outcome, _) = call_path("/api?key=sesame-opens", redirect).await;
    let error = outcome.unwrap_err();
    let said = error.to_string();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert!(
        said.contains("redirected to https://elsewhere.example/api/paas/v4/rerank;"),
        "{said}"
    );
    assert!(said.contains("/api/paas/v4/rerank; check"), "{said}");
}

#[tokio::test]
async fn a_key_in_the_query_is_sent_and_repeated_nowhere() {
    let path = "/api/paas/v4?key=sesame-opens&version=2";
    let echo = r#"{"error":{"code":"1000","message":"bad key sesame-opens in ?key=sesame-opens"}}"#;
    for response in [
        response(200, "{"),
        response(401, echo),
        response(404, "no ?key=sesame-opens&version=2"),
        MockResponse::new(302, &[("location", "/api?key=sesame-opens")], b""),
        MockResponse::Reset(Vec::new()),
        MockResponse::Bytes(Vec::new()),
    ] {
        // `call_path` checks the error and all of its sources.
        let (outcome, line) = call_path(path, response.clone()).await;
        outcome.unwrap_err();
        if !matches!(response, MockResponse::Reset(_)) {
            let wanted = "POST /api/paas/v4/rerank?key=sesame-opens&version=2 HTTP/1.1";
            assert_eq!(line, wanted);
        }
    }
    // A value that is too short to be redacted never gets into the chain.
    let client = quick("http://127.0.0.1:1/api?k=q1").build().unwrap();
    let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
    let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |error| {
        (**error).source()
    });
    assert!(
        chain
            .map(ToString::to_string)
            .all(|text| !text.contains("q1"))
    );
    let refused = "http://127.0.0.1:1/api?key=sesame-opens";
    let client = quick(refused).build().unwrap();
    keeping_secrets(client.rerank("a", &DOCUMENTS).await.unwrap_err());
    assert_hidden(&quick(refused));
    assert_hidden(&refused.parse::<BaseUrl>().unwrap());
}

#[test]
fn an_invalid_base_url_is_rejected_when_the_client_is_built() {
    for (url, wanted) in [
        ("", "the base URL is empty"),
        ("open.bigmodel.cn/api", "write https://open.bigmodel.cn/api"),
        ("ftp://host/api", "expected http or https, found ftp"),
        ("https://kenning@host/api", "a user or password"),
    ] {
        let error = keeping_secrets(quick(url).build().unwrap_err());
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(wanted), "{error}");
    }
}

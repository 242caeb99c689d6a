//! Bodies that deviate from the contract: which are accepted, and the errors for the others.

use bigmodel_rerank::ErrorKind::{self, *};
use bigmodel_rerank::Usage;

use crate::loopback::MockResponse;
use crate::support::{KEY, VALID, call, response};

/// Returns [`VALID`] with another usage.
fn with_usage(usage: &str) -> String {
    VALID.replace(r#","usage":{"prompt_tokens":7,"total_tokens":7}"#, usage)
}

#[tokio::test]
async fn a_ranking_whose_usage_is_unknown_is_accepted() {
    let total = |prompt, total| Some(Usage::new(prompt, total));
    for (usage, wanted) in [
        ("", None),
        (r#","usage":null"#, None),
        (r#","usage":{}"#, None),
        (r#","usage":{"prompt_tokens":-1,"total_tokens":-1}"#, None),
        (
            r#","usage":{"prompt_tokens":null,"total_tokens":null}"#,
            None,
        ),
        (r#","usage":"none""#, None),
        (r#","usage":{"total_tokens":7}"#, total(None, 7)),
        (
            r#","usage":{"total_tokens":7,"prompt_tokens":-1.0}"#,
            total(None, 7),
        ),
        (r#","usage":{"prompt_tokens":7}"#, total(Some(7), 7)),
        (
            r#","usage":{"total_tokens":0,"prompt_tokens":0}"#,
            total(Some(0), 0),
        ),
        (
            r#","usage":{"total_tokens":7.0,"prompt_tokens":7.0}"#,
            total(Some(7), 7),
        ),
        (
            r#","usage":{"total_tokens":9223372036854775807,"prompt_tokens":1}"#,
            total(Some(1), i64::MAX),
        ),
    ] {
        let (called, requests) = call(vec![response(200, &with_usage(usage))]).await;
        let ranking = called.unwrap();
        let order: Vec<_> = ranking.iter().map(|hit| (hit.index, hit.score)).collect();
        assert_eq!(order, [(1, 0.75), (0, 0.5)], "{usage}");
        assert_eq!(ranking.usage, wanted, "{usage}");
        assert_eq!(requests.len(), 1);
    }
}

#[tokio::test]
async fn numbers_and_ids_are_accepted_as_gateways_write_them() {
    for body in [
        VALID.replace(r#""id":"1","#, ""),
        VALID.replace(r#""id":"1""#, r#""id":1"#),
        VALID.replace(r#""index":1"#, r#""index":1.0"#),
        VALID.replace("0.75", "1"),
    ] {
        let (called, _) = call(vec![response(200, &body)]).await;
        assert_eq!(called.unwrap().hits[0].index, 1, "{body}");
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_reported_with_the_reason_in_one_line() {
    let index = |index: &str| VALID.replace(r#""index":1"#, &format!(r#""index":{index}"#));
    for (body, wanted) in [
        (
            r#"{"id":"1"}"#.to_owned(),
            r#"missing field `results` (application/json, 10 bytes: {"id":"1"})"#,
        ),
        (
            r#"{"results":{"a":1}}"#.to_owned(),
            "`results`: expected a list, found an object",
        ),
        (
            r#"{"results":[{"index":0}]}"#.to_owned(),
            "results[0]: missing field `relevance_score`",
        ),
        (
            r#"{"results":[0.5]}"#.to_owned(),
            "results[0]: expected an object, found a number",
        ),
        (
            index(r#""1""#),
            "results[0].index: expected an integer, found a string",
        ),
        (
            index("1.5"),
            "results[0].index: expected an integer, found a number",
        ),
        (
            VALID.replace("0.75", "null"),
            "results[0].relevance_score: expected a number, found null",
        ),
        (
            VALID.replace("0.75", r#""0.75""#),
            "results[0].relevance_score: expected a number, found a string",
        ),
        ("[]".to_owned(), "expected an object, found a list"),
        (String::new(), "(application/json, empty)"),
        (
            "{".to_owned(),
            "the body is not JSON: EOF while parsing an object at line 1 column 1",
        ),
    ] {
        let (called, requests) = call(vec![response(200, &body)]).await;
        let error = called.unwrap_err();
        let said = error.to_string();
        assert_eq!((error.kind(), error.status()), (InvalidResponse, Some(200)));
        assert!(said.contains(wanted) && !said.contains('\n'), "{said}");
        assert_eq!(requests.len(), 1);
    }
}

#[tokio::test]
async fn the_first_characters_of_a_text_body_are_shown() {
    let html = "<html>\r\n<body>\u{1b}[31m长\u{202e}".to_owned() + &"x".repeat(200);
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];
    for (response, wanted) in [
        (
            MockResponse::new(502, &[("content-type", "text/html")], html.as_bytes()),
            r"(text/html, 225 bytes: <html>\r\n<body>\u{1b}[31m长\u{202e}xxx",
        ),
        (
            MockResponse::new(200, &[("content-encoding", "gzip")], &gzip),
            "(without a content type, content encoding gzip, 8 bytes)",
        ),
        (
            MockResponse::new(403, &[], KEY.as_bytes()),
            "(without a content type, 20 bytes: …)",
        ),
    ] {
        let (called, _) = call(vec![response]).await;
        let said = called.unwrap_err().to_string();
        assert!(said.contains(wanted), "{said}");
        assert!(said.chars().count() < 300, "{said}");
    }
}

#[tokio::test]
async fn failures_keep_code_and_message_in_every_form() {
    type Wanted<'a> = (ErrorKind, Option<&'a str>, &'a str, usize);
    let cases: [(u16, &str, Wanted<'_>); 14] = [
        (
            429,
            r#"{"error":{"code":1113,"message":"m-1"}}"#,
            (Quota, Some("1113"), "m-1", 1),
        ),
        (
            429,
            r#"{"code":1113,"message":"m-2"}"#,
            (Quota, Some("1113"), "m-2", 1),
        ),
        (
            200,
            r#"{"code":1113,"msg":"m-3","success":false}"#,
            (Quota, Some("1113"), "m-3", 1),
        ),
        (
            200,
            r#"{"code":500,"msg":"m-4","success":false}"#,
            (Service, Some("500"), "m-4", 3),
        ),
        (
            200,
            r#"{"code":401,"msg":"m-5","success":false}"#,
            (Authentication, Some("401"), "m-5", 1),
        ),
        (
            200,
            r#"{"code":7777,"msg":"m-6"}"#,
            (InvalidResponse, Some("7777"), "m-6", 1),
        ),
        (
            400,
            r#"{"error":{"code":null,"message":"m-7"}}"#,
            (InvalidRequest, None, "m-7", 1),
        ),
        (
            401,
            r#"{"error":{"message":"m-8","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
            (Authentication, Some("invalid_api_key"), "m-8", 1),
        ),
        (503, r#"{"error":"m-9"}"#, (Service, None, "m-9", 3)),
        (400, r#"{"msg":"m-10"}"#, (InvalidRequest, None, "m-10", 1)),
        (
            422,
            r#"{"detail":"m-11"}"#,
            (InvalidRequest, None, "m-11", 1),
        ),
        (
            422,
            r#"{"detail":[{"loc":["body","documents",1],"msg":"m-12","type":"t"}]}"#,
            (InvalidRequest, None, "body.documents[1]: m-12", 1),
        ),
        (
            403,
            r#"{"errors":[{"code":1220,"message":"m-13"}]}"#,
            (Permission, Some("1220"), "m-13", 1),
        ),
        (
            429,
            r#"{"error":{"code":1302,"message":"m-14"}}"#,
            (RateLimited, Some("1302"), "m-14", 3),
        ),
    ];
    for (status, body, (kind, code, message, sent)) in cases {
        let (called, requests) = call(vec![response(status, body)]).await;
        let error = called.unwrap_err();
        assert_eq!((error.kind(), error.code()), (kind, code), "{body}");
        assert_eq!(error.status(), Some(status));
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(requests.len(), sent, "{body}");
    }
}

#[tokio::test]
async fn the_document_that_a_failure_names_is_the_callers() {
    let body = r#"{"error":{"code":"1214","message":"documents[1] is not valid"}}"#;
    let (called, _) = call(vec![response(400, body)]).await;
    let error = called.unwrap_err();
    assert_eq!(error.documents(), [0, 1]);
    assert_eq!(error.document(), Some(1));
    assert!(error.is_refusal_of_documents());
}

#[tokio::test]
async fn a_long_message_is_truncated_and_the_url_is_kept() {
    let long = "长".repeat(5000);
    let body = format!(r#"{{"error":{{"code":"{long}","message":"{long}"}}}}"#);
    let (called, _) = call(vec![response(404, &body)]).await;
    let error = called.unwrap_err();
    let said = error.to_string();
    assert!(
        said.contains("长… (5000 characters); requested URL: "),
        "{said}"
    );
    assert!(said.chars().count() < 2500);
    assert!(error.code().unwrap().chars().count() < 250);
}

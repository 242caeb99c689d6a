//! Answers whose status or body the contract does not describe, and numbers at their edges.

use super::api::Error;
use super::api::types::{ErrorResponse, RerankResponse};
use super::api::validation::Validate as _;
use super::support::{call, call_for, fail};
use crate::loopback::MockResponse;

/// An answer with this index, score and usage.
fn body(index: &str, score: &str, tokens: &str) -> String {
    format!(
        r#"{{"id":"1","results":[{{"index":{index},"relevance_score":{score}}}],
            "usage":{{"prompt_tokens":{tokens},"total_tokens":1}}}}"#
    )
}

async fn read(body: &str) -> RerankResponse {
    call_for(body).await.unwrap().into_inner()
}

/// The call fails with the status and the whole body kept; gives the reason, if there is one.
async fn kept(status: u16, body: &[u8]) -> Option<serde_json::Error> {
    let error = fail(MockResponse::new(status, &[("x-trace", "17")], body)).await;
    assert_eq!(error.status().unwrap().as_u16(), status);
    assert!(!error.is_transport() && !error.is_timeout() && error.api().is_none());
    match error {
        Error::Unexpected { response, reason } => {
            assert_eq!(response.status().as_u16(), status);
            assert_eq!(response.headers()["x-trace"], "17");
            assert_eq!(response.body(), body);
            reason
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn json_that_breaks_off_is_kept() {
    let reason = kept(200, br#"{"id":"1","results":[{"index":0,"#).await;
    assert!(reason.unwrap().is_eof());
}

#[tokio::test]
async fn a_page_in_place_of_the_answer_is_kept() {
    let page = b"<html><body>Log in to the hotel's network</body></html>";
    assert!(kept(200, page).await.unwrap().is_syntax());
}

#[tokio::test]
async fn an_answer_of_another_form_is_kept() {
    assert!(kept(200, br#"{"results":[]}"#).await.unwrap().is_data());
}

#[tokio::test]
async fn text_that_is_not_utf_8_is_kept() {
    assert!(
        kept(200, b"{\"id\":\"\xff\",\"results\":[]}")
            .await
            .is_some()
    );
}

#[tokio::test]
async fn what_is_read_past_need_not_be_text() {
    let sound = body("0", "0.5", "1").into_bytes();
    let odd = [b"{\"note\":\"\xff\"," as &[u8], &sound[1..]].concat();
    let answer = call(MockResponse::new(200, &[], &odd)).await.unwrap();
    assert_eq!(answer.results.len(), 1);
}

#[tokio::test]
async fn a_failure_without_a_body_keeps_its_status() {
    assert!(kept(500, b"").await.unwrap().is_eof());
}

#[tokio::test]
async fn a_good_body_with_an_undocumented_status_is_kept() {
    let body = body("0", "0.5", "1");
    assert!(kept(202, body.as_bytes()).await.is_none());
    assert!(kept(600, body.as_bytes()).await.is_none());
}

#[tokio::test]
async fn a_documented_error_is_known_by_its_form_and_not_by_its_content_type() {
    let body = br#"{"error":{"code":"1302","message":"slow down"}}"#;
    let headers = [("content-type", "text/html"), ("retry-after", "3")];
    let error = fail(MockResponse::new(429, &headers, body)).await;
    let api: &super::api::Response<ErrorResponse> = error.api().unwrap();
    assert_eq!(api.status().as_u16(), 429);
    assert_eq!(api.headers()["retry-after"], "3");
    assert_eq!(api.error.code, "1302");
}

#[tokio::test]
async fn an_integer_is_a_score() {
    assert_eq!(
        read(&body("0", "1", "1")).await.results[0].relevance_score,
        1.0
    );
}

#[tokio::test]
async fn a_score_may_be_negative_or_large() {
    let score = async |score| read(&body("0", score, "1")).await.results[0].relevance_score;
    assert_eq!(score("-12.5").await, -12.5);
    assert_eq!(score("22").await, 22.0);
    assert_eq!(score("3.0e38").await, 3.0e38);
}

#[tokio::test]
async fn what_is_no_score_is_refused_and_kept() {
    for score in ["1e400", "\"0.5\"", "null", "NaN", "true", "[0.5]"] {
        let body = body("0", score, "1");
        assert!(kept(200, body.as_bytes()).await.is_some(), "{score}");
    }
}

#[tokio::test]
async fn fields_that_the_contract_does_not_know_are_read_past() {
    let answer = read(
        r#"{"id":"1","object":"list","results":[{"index":0,"relevance_score":0.5,"type":{"a":[1]}}],
            "usage":{"prompt_tokens":1,"total_tokens":1,"completion_tokens":0},"":null}"#,
    )
    .await;
    assert_eq!(answer.results.len(), 1);
}

#[tokio::test]
async fn whole_numbers_reach_to_the_ends_of_64_bits() {
    for end in [i64::MIN, i64::MAX] {
        let answer = read(&body("0", "1", &end.to_string())).await;
        assert_eq!(answer.usage.prompt_tokens, end);
    }
    for beyond in ["9223372036854775808", "-9223372036854775809", "1.5"] {
        let body = body("0", "1", beyond);
        assert!(kept(200, body.as_bytes()).await.is_some(), "{beyond}");
    }
}

#[tokio::test]
async fn an_integer_is_known_by_its_value() {
    let answer = read(&body("1.0", "1", "-0")).await;
    assert_eq!(answer.results[0].index, 1);
    assert_eq!(answer.usage.prompt_tokens, 0);
    assert_eq!(
        read(&body("0e0", "1", "1.2e2")).await.usage.prompt_tokens,
        120
    );
}

#[tokio::test]
async fn what_is_no_integer_is_named() {
    let body = body("0", "1", "1.5");
    let reason = kept(200, body.as_bytes()).await.unwrap().to_string();
    let wanted = "invalid type: floating point `1.5`, expected an integer";
    assert!(reason.starts_with(wanted), "{reason}");
}

#[tokio::test]
async fn an_answer_beyond_its_limits_is_read_and_can_be_checked() {
    let answer = read(&body("-1", "1", "1")).await;
    let broken = answer.validate().unwrap_err();
    assert_eq!(broken.to_string(), "results[0].index: -1, at least 0");
}

#[tokio::test]
async fn no_results_are_an_answer() {
    let body = br#"{"id":"1","results":[],"usage":{"prompt_tokens":0,"total_tokens":0}}"#;
    assert!(
        call(MockResponse::new(200, &[], body))
            .await
            .unwrap()
            .results
            .is_empty()
    );
}

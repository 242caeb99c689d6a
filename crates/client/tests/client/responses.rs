//! Checks of responses, and what of a valid response reaches the caller.

use bigmodel_rerank::{ErrorKind, Scale};

use crate::loopback::MockResponse;
use crate::support::{VALID, call, response};

#[tokio::test]
async fn hits_point_back_at_the_callers_own_items() {
    let (called, requests) = call(vec![response(200, VALID)]).await;
    let ranking = called.unwrap();
    let hits: Vec<_> = ranking
        .iter()
        .map(|hit| (hit.index, *hit.item, hit.score))
        .collect();
    assert_eq!(hits, [(1, "iron bar", 0.75), (0, "copper wire", 0.5)]);
    assert_eq!(
        (ranking.scale, ranking.usage.unwrap().total_tokens),
        (Scale::Normalized, 7)
    );
    assert_eq!(ranking.spread(), 0.25);
    assert_eq!(requests.len(), 1);
}

#[tokio::test]
async fn a_response_that_does_not_rank_the_sent_documents_is_rejected() {
    let result =
        |index: &str, score: &str| format!(r#"{{"index":{index},"relevance_score":{score}}}"#);
    let whole = |results: &[String]| {
        format!(
            r#"{{"id":"1","results":[{}],"usage":{{"prompt_tokens":1,"total_tokens":1}}}}"#,
            results.join(",")
        )
    };
    for (results, said) in [
        (
            vec![result("0", "0.5"), result("2", "0.5")],
            "results[1].index: expected an index of 2 documents, found 2",
        ),
        (
            vec![result("0", "0.5"), result("-1", "0.5")],
            "results[1].index: expected an index of 2 documents, found -1",
        ),
        (
            vec![result("0", "0.5"), result("0", "0.4")],
            "results[1].index: duplicate index 0",
        ),
        (vec![result("0", "0.5")], "expected 2 results, found 1"),
        (vec![], "expected 2 results, found 0"),
        (
            vec![result("0", "1e39"), result("1", "0.5")],
            // Either the JSON library or the check of the scores rejects it.
            "",
        ),
    ] {
        let (called, requests) = call(vec![response(200, &whole(&results))]).await;
        let error = called.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{error}");
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!((requests.len(), error.attempts()), (1, 1), "not retried");
    }
}

#[tokio::test]
async fn a_body_that_is_not_a_ranking_is_an_invalid_response() {
    for body in [
        "",
        "[]",
        "{",
        "<html>",
        r#"{"results":[]}"#,
        r#"{"id":"1","results":[{"index":0,"relevance_score":null}],"usage":{"prompt_tokens":1,"total_tokens":1}}"#,
    ] {
        let (called, _) = call(vec![response(200, body)]).await;
        assert_eq!(
            called.unwrap_err().kind(),
            ErrorKind::InvalidResponse,
            "{body}"
        );
    }
}

#[tokio::test]
async fn top_scores_that_hardly_differ_are_saturated() {
    for (second, saturated) in [("1", true), ("0.9995", true), ("0.99", false)] {
        let body = VALID.replace("0.75", "1.0").replace("0.5", second);
        let (called, _) = call(vec![response(200, &body)]).await;
        assert_eq!(called.unwrap().is_saturated(), saturated, "{second}");
    }
}

#[tokio::test]
async fn a_compressed_response_is_not_requested_and_is_rejected() {
    // `{}` compressed with gzip.
    let gzip = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0,
    ];
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
    ];
    let (called, sent) = call(vec![MockResponse::new(200, &headers, &gzip)]).await;
    assert_eq!(called.unwrap_err().kind(), ErrorKind::InvalidResponse);
    assert_eq!(sent.len(), 1);
    let asked = sent[0]
        .headers()
        .into_iter()
        .any(|(name, _)| name == "accept-encoding");
    assert!(!asked);
}

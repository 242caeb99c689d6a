//! Usage that a response does not state is unknown, and never 0.

use std::sync::{Arc, Mutex};

use bigmodel_rerank::{CancellationToken, Limits, Reranker};
use futures_util::StreamExt as _;

use crate::loopback::{Loopback, MockResponse};
use crate::support::{failed, quick, response};

const DOCUMENTS: [&str; 2] = ["copper wire", "iron bar"];

/// Returns a response of one result with this usage.
fn scored(usage: &str) -> MockResponse {
    response(
        200,
        &format!(r#"{{"id":"1","results":[{{"index":0,"relevance_score":0.5}}]{usage}}}"#),
    )
}

fn known() -> MockResponse {
    scored(r#","usage":{"prompt_tokens":7,"total_tokens":9}"#)
}

fn client(responses: Vec<MockResponse>) -> (Loopback, Reranker) {
    let server = Loopback::start_each(responses).unwrap();
    let client = quick(&server.url("/api"))
        .limits(Limits::new(1, 1000))
        .concurrency(1)
        .build()
        .unwrap();
    (server, client)
}

#[tokio::test]
async fn usage_is_unknown_once_a_response_does_not_state_it() {
    for (responses, wanted) in [
        (vec![known(), known()], Some((Some(14), 18))),
        (
            vec![known(), scored(r#","usage":{"total_tokens":5}"#)],
            Some((None, 14)),
        ),
        (vec![known(), scored("")], None),
        (vec![scored(""), known()], None),
    ] {
        let (_server, client) = client(responses);
        let progress = Arc::new(Mutex::new(None));
        let seen = Arc::clone(&progress);
        let call = client.rerank("q", &DOCUMENTS);
        let call = call.on_progress(move |now| *seen.lock().unwrap() = now.tokens);
        let ranking = call.await.unwrap();
        let usage = ranking
            .usage
            .map(|usage| (usage.prompt_tokens, usage.total_tokens));
        assert_eq!((usage, ranking.hits.len()), (wanted, 2));
        let tokens = *progress.lock().unwrap();
        assert_eq!(tokens, wanted.map(|(_, total)| total));
    }
}

#[tokio::test]
async fn each_batch_has_its_own_usage() {
    let (_server, client) = client(vec![scored(""), known()]);
    let batches: Vec<_> = client.rerank("q", &DOCUMENTS).batches().collect().await;
    let usage = |batch: &Result<bigmodel_rerank::Batch<'_, _>, _>| {
        batch
            .as_ref()
            .unwrap()
            .usage
            .map(|usage| usage.total_tokens)
    };
    assert_eq!(
        batches.iter().map(usage).collect::<Vec<_>>(),
        [None, Some(9)]
    );
}

#[tokio::test]
async fn a_failed_call_says_that_its_usage_is_unknown() {
    let (_server, client) = client(vec![scored(""), failed(429, "1113")]);
    let error = client
        .rerank("q", &DOCUMENTS)
        .cancel_on(CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(error.partial().unwrap().usage, None);
    assert!(
        error
            .to_string()
            .ends_with("1 of 2 documents were scored before that, for an unknown number of tokens"),
        "{error}"
    );
}

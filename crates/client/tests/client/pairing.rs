//! Responses and the requests that they belong to.

use std::sync::{Arc, Mutex};

use bigmodel_rerank::api::types::RerankRequest;
use bigmodel_rerank::{BackendResponse, ErrorKind, Limits, Reranker, ResponseCache, Retry};
use serde_json::json;

use crate::keep_alive::{KeepAlive, failing_until, repeating, scores};
use crate::loopback::Loopback;
use crate::support::{DOCUMENTS, KEY, VALID, quick, response};
use crate::warnings::Warnings;

fn client(server: &KeepAlive) -> Reranker {
    let builder = quick(&server.url).limits(Limits::new(2, 1000));
    builder.concurrency(1).build().unwrap()
}

fn numbers() -> Vec<String> {
    (0..12).map(|number| number.to_string()).collect()
}

/// Checks that every document has its own score.
fn assert_own_scores(ranking: &bigmodel_rerank::Ranking<'_, String>) {
    assert_eq!(ranking.hits.len(), 12);
    for hit in ranking {
        assert_eq!(hit.score, hit.index as f32, "{:?}", ranking.hits);
    }
}

#[tokio::test]
async fn a_response_that_comes_twice_shifts_no_score() {
    let server = repeating();
    let documents = numbers();
    let ranking = client(&server).rerank("q", &documents).await.unwrap();
    assert_own_scores(&ranking);
    // The batch that received another batch's response was retried on another connection.
    assert_eq!(server.seen(), [0, 0, 0, 1, 1, 1, 1]);
}

/// Keeps every response.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<(RerankRequest, BackendResponse)>>>);

impl ResponseCache for Kept {
    fn get(&self, _: &RerankRequest) -> Option<BackendResponse> {
        None
    }

    fn put(&self, request: &RerankRequest, response: &BackendResponse) {
        let mut kept = self.0.lock().unwrap();
        kept.push((request.clone(), response.clone()));
    }
}

#[tokio::test]
async fn a_response_of_another_request_is_not_kept() {
    let server = repeating();
    let kept = Kept::default();
    let client = quick(&server.url)
        .limits(Limits::new(2, 1000))
        .concurrency(1);
    let client = client.response_cache(kept.clone()).build().unwrap();
    client.rerank("q", &numbers()).await.unwrap();
    let kept = kept.0.lock().unwrap();
    assert_eq!(kept.len(), 6);
    for (request, response) in kept.iter() {
        assert_eq!(request.request_id, response.request_id);
        for result in &response.results {
            let text = &request.documents[usize::try_from(result.index).unwrap()];
            assert_eq!(result.score.to_string(), *text);
        }
    }
}

#[tokio::test]
async fn a_key_in_a_response_is_not_kept() {
    let server = KeepAlive::start(|request, _| {
        let mut response = scores(request);
        response["id"] = json!(format!("for {KEY}"));
        vec![response.to_string()]
    });
    let kept = Kept::default();
    let client = quick(&server.url).response_cache(kept.clone());
    client
        .build()
        .unwrap()
        .rerank("q", &numbers())
        .await
        .unwrap();
    let kept = kept.0.lock().unwrap();
    assert_eq!(kept[0].1.id.as_deref(), Some("for …"));
}

#[tokio::test]
async fn invalid_bytes_after_responses_are_a_fault_of_the_connection() {
    let server = failing_until(0);
    let documents = numbers();
    let ranking = client(&server).rerank("q", &documents).await.unwrap();
    assert_own_scores(&ranking);
    assert_eq!(server.seen(), [0, 0, 0, 1, 1, 1, 1]);
    // If a new connection has them too, they are a fault of the server.
    let server = failing_until(usize::MAX);
    let error = client(&server).rerank("q", &documents).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_transient()), (2, false));
    assert_eq!(server.seen(), [0, 0, 0, 1]);
}

#[tokio::test]
async fn a_surplus_response_shifts_no_score_of_another_call() {
    let server = repeating();
    let client = client(&server);
    for number in 0..6 {
        let documents = [number.to_string()];
        let ranking = client.rerank("q", &documents).await.unwrap();
        assert_eq!(ranking.hits[0].score, number as f32);
    }
    assert_eq!(server.seen(), [0, 0, 0, 1, 1, 1, 1]);
}

#[tokio::test]
async fn surplus_responses_among_several_connections_shift_no_score() {
    let last = Mutex::new(None::<String>);
    let server = KeepAlive::start(move |request, number| {
        let response = scores(request).to_string();
        let last = last.lock().unwrap().replace(response.clone());
        let surplus = last.filter(|_| number % 9 == 8);
        surplus.into_iter().chain([response]).collect()
    });
    let documents: Vec<_> = (0..80).map(|number| number.to_string()).collect();
    let client = quick(&server.url).limits(Limits::new(2, 1000));
    let client = client
        .retry(Retry::default().max_attempts(9))
        .concurrency(4);
    let ranking = client
        .build()
        .unwrap()
        .rerank("q", &documents)
        .await
        .unwrap();
    assert_eq!(ranking.hits.len(), 80);
    for hit in &ranking {
        assert_eq!(hit.score, hit.index as f32);
    }
    assert!(server.seen().len() > 40, "some were sent again");
}

#[tokio::test]
async fn a_response_of_another_request_fails_the_call_in_the_end() {
    let other = VALID.replace(r#""id":"1""#, r#""id":"1","request_id":"theirs""#);
    let server = Loopback::start(response(200, &other)).unwrap();
    let client = quick(&server.url("/api")).build().unwrap();
    let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    let wanted = "no response: the response belongs to another request, theirs (";
    assert!(error.to_string().starts_with(wanted), "{error}");
    assert_eq!(server.finish().len(), 3);
}

#[tokio::test]
async fn a_failure_of_another_request_is_not_this_ones() {
    let failure = |status, code: &str| {
        let body = format!(
            r#"{{"error":{{"code":"{code}","message":"words of documents[1]"}},"request_id":"theirs"}}"#
        );
        response(status, &body)
    };
    let then_scores = vec![failure(400, "1214"), response(200, VALID)];
    let server = Loopback::start_each(then_scores).unwrap();
    let client = quick(&server.url("/api")).build().unwrap();
    assert!(client.rerank("a", &DOCUMENTS).await.is_ok());
    assert_eq!(server.finish().len(), 2);

    // The service's message is kept.
    let server = Loopback::start(failure(400, "1214")).unwrap();
    let client = quick(&server.url("/api")).build().unwrap();
    let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("words of documents[1] (HTTP 400, code 1214"),
        "{error}"
    );
    // Its documents are those of the other request.
    assert_eq!((error.document(), error.documents()), (None, &[0, 1][..]));

    // A failure that does not depend on the request is returned unchanged, whatever its id.
    for (status, code, kind, attempts) in [
        (401, "1000", ErrorKind::Authentication, 1),
        (403, "1220", ErrorKind::Permission, 1),
        (429, "1113", ErrorKind::Quota, 1),
        (429, "1302", ErrorKind::RateLimited, 3),
        (500, "1200", ErrorKind::Service, 3),
    ] {
        let server = Loopback::start(failure(status, code)).unwrap();
        let client = quick(&server.url("/api")).build().unwrap();
        let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (kind, attempts));
        assert_eq!(error.request_id(), Some("theirs"));
    }
}

#[tokio::test]
async fn a_response_without_an_id_is_accepted_with_one_warning() {
    let server = KeepAlive::start(|request, _| {
        let mut response = scores(request);
        response.as_object_mut().unwrap().remove("request_id");
        vec![response.to_string()]
    });
    let warnings = Warnings::default();
    let _guard = tracing::subscriber::set_default(warnings.clone());
    let documents = numbers();
    client(&server).rerank("q", &documents).await.unwrap();
    warnings.take();
    let client = client(&server);
    for _ in 0..2 {
        let ranking = client.rerank("q", &documents).await.unwrap();
        assert_own_scores(&ranking);
    }
    // The second client has one connection, too.
    assert_eq!(server.seen()[6..], [1; 12]);
    assert_eq!(warnings.take().len(), 1, "warned once for each client");
}

#[tokio::test]
async fn a_policy_without_retries_applies_here_too() {
    let server = repeating();
    let documents = numbers();
    let client = client(&server);
    let error = client
        .rerank("q", &documents)
        .retry(Retry::never())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    // The scores of the earlier batches are correct.
    let partial = error.partial().unwrap();
    assert_eq!(partial.scores, [(0, 0.0), (1, 1.0), (2, 2.0), (3, 3.0)]);
}

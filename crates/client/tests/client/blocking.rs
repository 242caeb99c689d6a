//! The blocking client.

use bigmodel_rerank::ErrorKind;
use bigmodel_rerank::blocking::Reranker;
use bigmodel_rerank::testing::ScoreFn;

use crate::loopback::Loopback;
use crate::support::{DOCUMENTS, VALID, body, failed, keeping_secrets, quick, response};

#[test]
fn a_call_blocks_until_documents_are_ranked_over_http() {
    let server = Loopback::start(response(200, VALID)).unwrap();
    let client = Reranker::new(quick(&server.url("/api")).build().unwrap()).unwrap();
    for _ in 0..2 {
        let ranking = client
            .rank("uses of copper", &DOCUMENTS, |call| call.top_n(2))
            .unwrap();
        assert_eq!(ranking.hits[0].item, &DOCUMENTS[1]);
    }
    let sent = server.finish();
    assert_eq!(sent.len(), 2);
    assert_eq!(body(&sent[0])["top_n"], 2);
}

#[test]
fn rankings_are_those_of_the_async_client() {
    let backend = ScoreFn::new(|_, document| document.parse().unwrap_or_default());
    let client = bigmodel_rerank::Reranker::builder()
        .backend(backend)
        .build();
    let client = Reranker::new(client.unwrap()).unwrap();
    let items: Vec<_> = (0..300)
        .map(|number| (number.to_string(), number))
        .collect();
    let best = client.rank_by("q", &items, |item| &item.0, |call| call.top_n(1));
    assert_eq!(best.unwrap().hits[0].item.1, 299);

    let call = client.client().rerank_by("q", &items, |item| &item.0);
    assert_eq!(call.estimate().requests, 3);
    assert_eq!(client.run(call.clone()).unwrap().hits.len(), 300);
    let batches: Vec<_> = client.batches(call).unwrap().map(Result::unwrap).collect();
    let hits: usize = batches.iter().map(|batch| batch.hits.len()).sum();
    assert_eq!((batches.len(), hits), (3, 300));
}

#[test]
fn batches_that_are_moved_into_a_runtime_end_with_an_error() {
    let backend = ScoreFn::new(|_, _| panic!("nothing may be sent"));
    let client = bigmodel_rerank::Reranker::builder()
        .backend(backend)
        .build();
    let client = Reranker::new(client.unwrap()).unwrap();
    let batches = client.batches(client.client().rerank("q", &DOCUMENTS));
    let batches = batches.unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let taken: Vec<_> = runtime
        .unwrap()
        .block_on(async { batches.take(3).collect() });
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].as_ref().unwrap_err().kind(), ErrorKind::Config);
}

#[test]
fn failures_are_those_of_the_call() {
    let server = Loopback::start(failed(401, "1000")).unwrap();
    let client = Reranker::new(quick(&server.url("/api")).build().unwrap()).unwrap();
    let error = client.rank("q", &DOCUMENTS, |call| call).unwrap_err();
    assert_eq!(keeping_secrets(error).kind(), ErrorKind::Authentication);
}

#[tokio::test]
async fn within_a_runtime_a_call_is_an_error_and_does_not_block_it() {
    let client = Reranker::new(quick("http://127.0.0.1:9").build().unwrap()).unwrap();
    let error = client.rank("q", &DOCUMENTS, |call| call).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    drop(client);
}

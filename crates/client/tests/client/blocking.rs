//! The face for programs without an async runtime.

use bigmodel_rerank::ErrorKind;
use bigmodel_rerank::blocking::Reranker;

use crate::loopback::Loopback;
use crate::support::{DOCUMENTS, SOUND, answer, body, failed, keeping_secrets, quick};

#[test]
fn documents_are_ranked_over_http_and_waited_for() {
    let server = Loopback::start(answer(200, SOUND)).unwrap();
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
fn failures_are_those_of_the_call() {
    let server = Loopback::start(failed(401, "1000")).unwrap();
    let client = Reranker::new(quick(&server.url("/api")).build().unwrap()).unwrap();
    let error = client.rank("q", &DOCUMENTS, |call| call).unwrap_err();
    assert_eq!(keeping_secrets(error).kind(), ErrorKind::Authentication);
}

#[tokio::test]
async fn within_a_runtime_it_refuses_rather_than_stops_all_of_it() {
    let client = Reranker::new(quick("http://127.0.0.1:9").build().unwrap()).unwrap();
    let error = client.rank("q", &DOCUMENTS, |call| call).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setup);
    drop(client);
}

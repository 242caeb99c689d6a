//! Documents and queries without visible text.

use std::sync::{Arc, Mutex};

use bigmodel_rerank::api::types::RerankRequest;
use bigmodel_rerank::testing::ScoreFn;
use bigmodel_rerank::{
    Backend, BlankDocuments, BoxFuture, ErrorKind, Limits, Reranker, Scale, Usage,
};

use crate::warnings::Warnings;

/// Four blank documents and three others.
const DOCUMENTS: [&str; 7] = [
    "1",
    "",
    "3",
    " \t\n",
    "-2",
    "\u{200B}\u{FEFF}",
    "\u{A0}\u{3000}",
];

/// Scores numbers by their value, and records the documents that it receives.
#[derive(Clone, Default)]
struct Numbers(Arc<Mutex<Vec<String>>>);

impl Backend for Numbers {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        self.0
            .lock()
            .unwrap()
            .extend(request.documents.iter().cloned());
        Box::pin(async move {
            ScoreFn::new(|_, document| document.parse().unwrap_or_default())
                .rerank(request)
                .await
        })
    }
}

fn client() -> (Numbers, Reranker) {
    let backend = Numbers::default();
    let client = Reranker::builder()
        .backend(backend.clone())
        .build()
        .unwrap();
    (backend, client)
}

#[tokio::test]
async fn blank_documents_are_not_sent_and_rank_last() {
    let (backend, client) = client();
    let call = client.rerank("q", &DOCUMENTS);
    let estimate = call.estimate();
    assert_eq!((estimate.texts, estimate.blank), (3, 4));
    for (call, scale, lowest) in [
        (call.clone(), Scale::Normalized, 0.0),
        (call.clone().raw_scores(), Scale::Raw, -2.0),
    ] {
        let ranking = call.await.unwrap();
        let order: Vec<_> = ranking.iter().map(|hit| hit.index).collect();
        assert_eq!((ranking.scale, order), (scale, vec![2, 0, 4, 1, 3, 5, 6]));
        assert!(ranking.hits[3..].iter().all(|hit| hit.score == lowest));
        assert_eq!(ranking.blank, [1, 3, 5, 6]);
        assert_eq!(
            ranking.spread(),
            ranking.hits[0].score - ranking.hits[2].score
        );
    }
    assert_eq!(*backend.0.lock().unwrap(), ["1", "3", "-2", "1", "3", "-2"]);
}

#[tokio::test]
async fn blank_documents_are_cut_first_and_reach_no_threshold() {
    let (_, client) = client();
    let call = client.rerank("q", &DOCUMENTS).raw_scores();
    let hits = async |call: bigmodel_rerank::Rerank<'static, &'static str>| {
        call.await
            .unwrap()
            .hits
            .iter()
            .map(|hit| hit.index)
            .collect::<Vec<_>>()
    };
    assert_eq!(hits(call.clone().top_n(2)).await, [2, 0]);
    assert_eq!(hits(call.clone().top_n(4)).await, [2, 0, 4, 1]);
    assert_eq!(hits(call.clone().min_score(-100.0)).await, [2, 0, 4]);
}

#[tokio::test]
async fn nothing_but_blank_documents_sends_nothing() {
    let backend = ScoreFn::new(|_, _| panic!("nothing may be sent"));
    let client = Reranker::builder().backend(backend).build().unwrap();
    let ranking = client.rerank("q", &["", " "]).raw_scores().await.unwrap();
    let scores: Vec<_> = ranking.iter().map(|hit| (hit.index, hit.score)).collect();
    assert_eq!(scores, [(0, 0.0), (1, 0.0)]);
    assert_eq!(ranking.usage, Some(Usage::default()));
    assert!(ranking.request_ids.is_empty());
}

#[tokio::test]
async fn blank_documents_are_sent_or_rejected_on_request() {
    let (backend, client) = client();
    let call = client.rerank("q", &DOCUMENTS);
    let sent = call
        .clone()
        .blank_documents(BlankDocuments::Send)
        .await
        .unwrap();
    assert_eq!((sent.hits.len(), sent.blank.len()), (7, 0));
    assert_eq!(backend.0.lock().unwrap().len(), 7);
    let rejected = call.blank_documents(BlankDocuments::Reject).await;
    let error = rejected.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    let said = error.to_string();
    assert!(
        said.contains("documents[1]: blank, expected visible text; documents[3]"),
        "{said}"
    );
    assert_eq!(backend.0.lock().unwrap().len(), 7);
}

#[tokio::test]
async fn blank_documents_do_not_count_towards_the_limits_of_a_request() {
    let (_, client) = client();
    let mut documents = vec![""; 500];
    documents.extend(["1"; 10]);
    let call = client.rerank("q", &documents).limits(Limits::new(10, 1000));
    assert_eq!(call.estimate().requests, 1);
    assert_eq!(call.await.unwrap().request_ids.len(), 1);
}

#[tokio::test]
async fn a_blank_query_is_an_error_before_anything_is_sent() {
    let backend = ScoreFn::new(|_, _| panic!("nothing may be sent"));
    let client = Reranker::builder().backend(backend).build().unwrap();
    for query in ["", "  \n", "\u{FEFF}\u{200B}"] {
        let error = client.rerank(query, &["1"]).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidRequest, 0)
        );
        assert!(error.to_string().contains("query: blank"), "{error}");
    }
}

#[tokio::test]
async fn one_warning_counts_the_blank_documents() {
    let warnings = Warnings::default();
    let _guard = tracing::subscriber::set_default(warnings.clone());
    let (_, client) = client();
    client.rerank("q", &DOCUMENTS).await.unwrap();
    warnings.take();
    client.rerank("q", &DOCUMENTS).await.unwrap();
    client.rerank("q", &["1"]).await.unwrap();
    assert_eq!(
        warnings.take(),
        ["documents=4 message=blank documents are not sent and rank last "]
    );
}

//! The cost of a call, before it is sent.

use bigmodel_rerank::testing::ScoreFn;
use bigmodel_rerank::{ErrorKind, LongDocuments, Reranker};

fn client() -> Reranker {
    let backend = ScoreFn::new(|_, _| panic!("nothing may be sent"));
    Reranker::builder().backend(backend).build().unwrap()
}

#[test]
fn an_estimate_follows_the_documented_formula() {
    let query = "ten ".repeat(10);
    let documents = [50, 30, 20, 40, 60].map(|words| "word ".repeat(words));
    let client = client();
    let estimate = client.rerank(&query, &documents).estimate();
    assert_eq!(
        (estimate.requests, estimate.texts, estimate.tokens),
        (1, 5, 250)
    );
    assert!((estimate.cost(0.8) - 0.0002).abs() < 1e-12);
}

#[test]
fn an_estimate_counts_requests_and_windows() {
    let client = client();
    let many = vec!["word"; 300];
    let estimate = client.rerank("query", &many).estimate();
    assert_eq!(
        (estimate.requests, estimate.texts, estimate.tokens),
        (3, 300, 600)
    );
    let long = ["x ".repeat(4096)];
    let split = LongDocuments::Split { overlap: 0 };
    let estimate = client
        .rerank("query", &long)
        .long_documents(split)
        .estimate();
    assert_eq!(
        (estimate.requests, estimate.texts, estimate.tokens),
        (1, 2, 4098)
    );
}

#[tokio::test]
async fn a_call_over_its_budget_is_not_sent() {
    let client = client();
    let error = client
        .rerank("query", &["word", "word"])
        .budget(3)
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Budget, 0));
    assert!(
        error
            .to_string()
            .contains("about 4 tokens, and the budget is 3"),
        "{error}"
    );
}

#[tokio::test]
async fn tokens_are_counted_by_the_callers_function() {
    let backend = ScoreFn::new(|_, _| 1.0);
    let builder = Reranker::builder()
        .backend(backend)
        .token_counter(str::len)
        .budget(8);
    let client = builder.build().unwrap();
    assert_eq!(client.rerank("ab", &["cd", "ef"]).estimate().tokens, 8);
    assert!(client.rerank("ab", &["cd", "ef"]).await.is_ok());
    assert!(client.rerank("ab", &["cd", "efg"]).await.is_err());
}

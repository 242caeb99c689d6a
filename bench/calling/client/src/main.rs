//! The client that people call. It never asks for the documents: its hits point at the caller's.

use bigmodel_rerank::{ApiKey, Limits, Reranker};
use calling_driver::{Answer, Case, KEY, REQUEST_ID, run};

fn main() {
    run(make, call);
}

fn make(case: &Case) -> Reranker {
    let key = ApiKey::new(KEY).expect("a key");
    // All that a request may hold goes in one, as the others send it.
    let builder = Reranker::builder().limits(Limits::new(128, usize::MAX));
    builder
        .api_key(key)
        .base_url(&case.base_url)
        .build()
        .expect("a client")
}

async fn call(client: &Reranker, case: &Case) -> Answer {
    let ranking = client
        .rerank(&case.query, &case.documents)
        // The response to another request is refused, and there is one response for all.
        .request_id(REQUEST_ID)
        .await
        .expect("a ranking");
    let mut answer = Answer::new(
        ranking
            .usage
            .map_or(0, |usage| usage.total_tokens.unsigned_abs()),
    );
    for hit in &ranking {
        answer.add(hit.index, hit.score.into(), None);
    }
    answer
}

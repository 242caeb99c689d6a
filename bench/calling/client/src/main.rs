//! The client `bigmodel-rerank`. It never requests the documents, because its hits refer to those
//! of the caller.

use bigmodel_rerank::{ApiKey, Limits, Reranker};
use calling_driver::{Case, KEY, REQUEST_ID, ResponseSummary, run};

fn main() {
    run(make, call);
}

fn make(case: &Case) -> Reranker {
    let key = ApiKey::new(KEY).expect("a key");
    // One request for all documents, as the other contenders send.
    let builder = Reranker::builder().limits(Limits::new(128, usize::MAX));
    builder
        .api_key(key)
        .base_url(&case.base_url)
        .build()
        .expect("a client")
}

async fn call(client: &Reranker, case: &Case) -> ResponseSummary {
    let ranking = client
        .rerank(&case.query, &case.documents)
        // The client rejects a response to another request, and the responder has only one response.
        .request_id(REQUEST_ID)
        .await
        .expect("a ranking");
    let mut summary = ResponseSummary::new(
        ranking
            .usage
            .map_or(0, |usage| usage.total_tokens.unsigned_abs()),
    );
    for hit in &ranking {
        summary.add(hit.index, hit.score.into(), None);
    }
    summary
}

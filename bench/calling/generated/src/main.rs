//! The generated client, as its README shows it.

use bigmodel_rerank_api::Client;
use bigmodel_rerank_api::types::{Model, RerankRequest};
use calling_driver::{Case, KEY, REQUEST_ID, ResponseSummary, run};

fn main() {
    run(
        |case| Client::bearer(&case.base_url, KEY).expect("a client"),
        call,
    );
}

async fn call(client: &Client, case: &Case) -> ResponseSummary {
    let documents = case.documents.iter().map(String::as_str);
    let mut request =
        RerankRequest::new(Model::Rerank, &case.query, documents).request_id(REQUEST_ID);
    if case.return_documents {
        request = request.return_documents(true);
    }
    let response = client.rerank(&request).await.expect("a response");
    let mut summary = ResponseSummary::new(response.usage.total_tokens.unsigned_abs());
    for result in &response.results {
        let index = usize::try_from(result.index).expect("an index");
        summary.add(
            index,
            result.relevance_score.into(),
            result.document.as_deref(),
        );
    }
    summary
}

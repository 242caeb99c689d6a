//! zai-rs, which requires the documents in the response.

use calling_driver::{Case, KEY, REQUEST_ID, ResponseSummary, run};
use zai_rs::ZaiClient;
use zai_rs::client::ApiFamily;
use zai_rs::model::text_rerank::RerankRequest;

fn main() {
    run(make, call);
}

fn make(case: &Case) -> ZaiClient {
    ZaiClient::builder(KEY)
        .endpoint(ApiFamily::PaasV4, format!("{}/paas/v4", case.base_url))
        .allow_insecure_transport(true)
        .build()
        .expect("a client")
}

async fn call(client: &ZaiClient, case: &Case) -> ResponseSummary {
    let mut request =
        RerankRequest::new(&case.query, case.documents.clone()).with_request_id(REQUEST_ID);
    if case.return_documents {
        request = request.with_return_documents(true);
    }
    let response = request.send_via(client).await.expect("a response");
    let mut summary = ResponseSummary::new(response.usage.total_tokens);
    for result in &response.results {
        summary.add(
            result.index,
            result.relevance_score.into(),
            Some(&result.document),
        );
    }
    summary
}

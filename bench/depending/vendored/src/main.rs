//! Ranks two texts with the generated client.

use bigmodel_rerank_api::types::{Model, RerankRequest};
use bigmodel_rerank_api::{BASE_URL, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::bearer(BASE_URL, &std::env::var("ZHIPUAI_API_KEY")?)?;
    let request = RerankRequest::new(Model::Rerank, "capital of France", ["Bern", "Paris"]);
    for result in &client.rerank(&request).await?.results {
        println!("{} {}", result.relevance_score, result.index);
    }
    Ok(())
}

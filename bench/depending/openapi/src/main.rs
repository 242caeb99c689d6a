//! Ranks two texts with the output of openapi-generator.

use made_up_api::apis::configuration::Configuration;
use made_up_api::apis::default_api::post_rerank;
use made_up_api::models::RerankRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let configuration = Configuration {
        bearer_access_token: Some(std::env::var("ZHIPUAI_API_KEY")?),
        ..Configuration::default()
    };
    let documents = vec!["Bern".to_owned(), "Paris".to_owned()];
    let request = RerankRequest::new(
        "rerank".to_owned(),
        "capital of France".to_owned(),
        documents,
    );
    for result in &post_rerank(&configuration, request).await?.results {
        println!("{} {}", result.relevance_score, result.index);
    }
    Ok(())
}

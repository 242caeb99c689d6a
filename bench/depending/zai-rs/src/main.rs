//! Ranks two texts with zai-rs.

use zai_rs::ZaiClient;
use zai_rs::model::text_rerank::RerankRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = ZaiClient::builder(std::env::var("ZHIPUAI_API_KEY")?).build()?;
    let request = RerankRequest::new("capital of France", vec!["Bern".into(), "Paris".into()]);
    for result in &request
        .with_return_documents(true)
        .send_via(&client)
        .await?
        .results
    {
        println!("{} {}", result.relevance_score, result.index);
    }
    Ok(())
}

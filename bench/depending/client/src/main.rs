//! Ranks two texts with the client `bigmodel-rerank`.

use bigmodel_rerank::Reranker;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    for hit in &Reranker::from_env()?
        .rerank("capital of France", &["Bern", "Paris"])
        .await?
    {
        println!("{} {}", hit.score, hit.index);
    }
    Ok(())
}

//! Ranks two texts with lmkit.

use lmkit::{Provider, ProviderConfig, create_rerank_provider};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = std::env::var("ZHIPUAI_API_KEY")?;
    let provider = create_rerank_provider(&ProviderConfig::new(Provider::Zhipu, key, "rerank"))?;
    for item in &provider
        .rerank("capital of France", &["Bern", "Paris"], None)
        .await?
    {
        println!("{} {}", item.score, item.index);
    }
    Ok(())
}

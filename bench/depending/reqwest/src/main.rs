//! Ranks two texts with reqwest.

use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    query: &'a str,
    documents: &'a [&'a str],
}

#[derive(Deserialize)]
struct Response {
    results: Vec<Ranked>,
}

#[derive(Deserialize)]
struct Ranked {
    index: usize,
    relevance_score: f64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let request = Request {
        model: "rerank",
        query: "capital of France",
        documents: &["Bern", "Paris"],
    };
    let call = reqwest::Client::new()
        .post("https://open.bigmodel.cn/api/paas/v4/rerank")
        .bearer_auth(std::env::var("ZHIPUAI_API_KEY")?)
        .json(&request);
    let response: Response = call.send().await?.error_for_status()?.json().await?;
    for result in &response.results {
        println!("{} {}", result.relevance_score, result.index);
    }
    Ok(())
}

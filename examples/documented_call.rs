//! The documented call, made with the client that the contract in `spec/` gives.
//!
//! It needs no key and no network: a server on loopback replays the documented answer.
//!
//! ```sh
//! cargo run --example documented_call
//! ```

#[path = "../tests/support/exchange.rs"]
mod exchange;
#[path = "../tests/support/loopback.rs"]
mod loopback;

use std::error::Error;

use bigmodel_rerank_contract::types::{Model, RerankRequest, RerankResponse};
use bigmodel_rerank_contract::{BASE_URL, Client, Error as CallError};

use exchange::Exchange;
use loopback::{Answer, Loopback, Request};

const QUERY: &str = "What is the capital of the United States?";
const DOCUMENTS: [&str; 2] = [
    "Carson City is the capital city of the American state of Nevada.",
    "Washington, D.C. (also known as simply Washington or D.C., and officially as the \
     District of Columbia) is the capital of the United States. It is a federal district.",
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let documented = Exchange::read("02-console-example")?;
    let server = Loopback::start(replay(&documented))?;
    println!("This client was compiled from spec/rerank.yaml and spec/overlay.yaml just now.");
    println!("The service is at {BASE_URL}; here a server on loopback stands in for it and");
    println!("replays the documented answer, so that no key is needed.");

    let client = Client::bearer(&server.url("/api"), "your-api-key")?;
    let request = RerankRequest::new(Model::Rerank, QUERY, DOCUMENTS)
        .top_n(3)
        .return_documents(true)
        .return_raw_scores(true)
        .request_id("1111111111");
    let answer = client.rerank(&request).await?;

    for request in server.finish() {
        print_request(&request)?;
    }
    println!("\nThe answer, {}, best first:\n", answer.status());
    print_ranking(&answer);
    print_refusal(&client).await;
    Ok(())
}

fn replay(documented: &Exchange) -> Answer {
    let response = &documented.response;
    let headers: Vec<_> = response
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    Answer::new(response.status, &headers, &response.body_bytes())
}

/// The request as it arrived at the server.
fn print_request(request: &Request) -> Result<(), serde_json::Error> {
    let body: serde_json::Value = serde_json::from_slice(request.body())?;
    println!("\nSent:\n\n{}\n{body:#}", request.line());
    Ok(())
}

fn print_ranking(answer: &RerankResponse) {
    for (place, result) in answer.results.iter().enumerate() {
        let (score, index) = (result.relevance_score, result.index);
        println!(
            "  {}.  {score:.4}  {}  documents[{index}]",
            place + 1,
            bar(score)
        );
        println!("      {}", result.document.as_deref().unwrap_or_default());
    }
    println!("\n  {} tokens used", answer.usage.total_tokens);
}

/// A score from 0 to 1 as a bar.
fn bar(score: f32) -> String {
    const WIDTH: usize = 30;
    // Rounded and at most WIDTH: nothing is lost in the conversion.
    let filled = (score.clamp(0.0, 1.0) * WIDTH as f32).round() as usize;
    "█".repeat(filled) + &"░".repeat(WIDTH - filled)
}

/// A document beyond the documented length never leaves the program.
async fn print_refusal(client: &Client) {
    let too_long = "x".repeat(4103);
    let request = RerankRequest::new(Model::Rerank, QUERY, [DOCUMENTS[0], too_long.as_str()]);
    if let Err(CallError::Invalid(broken)) = client.rerank(&request).await {
        println!(
            "\nA request that breaks a limit is refused before anything is sent:\n\n  {broken}"
        );
    }
}

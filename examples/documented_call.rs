//! The documented call, made with the client that the contract in `spec/` gives.
//!
//! It needs no key and no network: a server on loopback replays the documented answer.
//!
//! ```sh
//! cargo run --example documented_call
//! ```

#[path = "../tests/support/exchange.rs"]
mod exchange;

use std::error::Error;
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};

use bigmodel_rerank_contract::types::{Model, RerankRequest, RerankResponse};
use bigmodel_rerank_contract::{Client, Error as CallError, Response};
use bigmodel_rerank_test_support::loopback::{Loopback, MockResponse, Request};

use exchange::Exchange;

const HEAD: &str = "\
This client was compiled from spec/rerank.yaml and spec/overlay.yaml just now. A server on
loopback stands in for the service and replays the documented answer: no key is needed.
";
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
    let client = Client::bearer(&server.url("/api"), "your-api-key")?;
    let request = RerankRequest::new(Model::Rerank, QUERY, DOCUMENTS)
        // The contract settles the type of the number.
        .top_n(3 as _)
        .return_documents(true)
        .return_raw_scores(true)
        .request_id("1111111111");
    let answer = client.rerank(&request).await?;

    let mut picture = String::from(HEAD);
    for request in server.finish() {
        show_request(&mut picture, &request)?;
    }
    show_ranking(&mut picture, &answer)?;
    show_refusal(&mut picture, &client).await?;
    match io::stdout().write_all(picture.as_bytes()) {
        // Whoever reads the output may stop when they have seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

fn replay(documented: &Exchange) -> MockResponse {
    let response = &documented.response;
    let headers: Vec<_> = response
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    MockResponse::new(response.status, &headers, &response.body_bytes())
}

/// The request as it arrived at the server.
fn show_request(out: &mut String, request: &Request) -> Result<(), Box<dyn Error>> {
    let body: serde_json::Value = serde_json::from_slice(request.body())?;
    writeln!(out, "\nSent:\n\n{}\n{body:#}", request.line())?;
    Ok(())
}

fn show_ranking(out: &mut String, answer: &Response<RerankResponse>) -> fmt::Result {
    writeln!(out, "\nThe answer, {}, best first:\n", answer.status())?;
    for (place, result) in answer.results.iter().enumerate() {
        let (score, index) = (result.relevance_score, result.index);
        let (place, bar) = (place + 1, bar(score));
        writeln!(out, "  {place}.  {score:.4}  {bar}  documents[{index}]")?;
        writeln!(
            out,
            "      {}",
            result.document.as_deref().unwrap_or_default()
        )?;
    }
    writeln!(out, "\n  {} tokens used", answer.usage.total_tokens)
}

/// A score from 0 to 1 as a bar.
fn bar(score: f32) -> String {
    const WIDTH: usize = 30;
    // Rounded and at most WIDTH: nothing is lost in the conversion.
    let filled = (score.clamp(0.0, 1.0) * WIDTH as f32).round() as usize;
    "█".repeat(filled) + &"░".repeat(WIDTH - filled)
}

/// A document beyond the documented length never leaves the program.
async fn show_refusal(out: &mut String, client: &Client) -> fmt::Result {
    let too_long = "x".repeat(4103);
    let request = RerankRequest::new(Model::Rerank, QUERY, [DOCUMENTS[0], too_long.as_str()]);
    if let Err(CallError::Invalid(broken)) = client.rerank(&request).await {
        writeln!(
            out,
            "\nA request that breaks a limit is refused before anything is sent:\n\n  {broken}"
        )?;
    }
    Ok(())
}

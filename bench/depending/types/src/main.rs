//! Validates a request and prints its JSON.

use bigmodel_rerank_api::types::{Model, RerankRequest};
use bigmodel_rerank_api::validation::Validate as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let request = RerankRequest::new(Model::Rerank, "capital of France", ["Bern", "Paris"]);
    request.validate()?;
    println!("{}", serde_json::to_string(&request)?);
    Ok(())
}

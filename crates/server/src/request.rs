//! Bytes -> a request within the contract's limits, or what is wrong with them.

mod default_model;

use bigmodel_rerank_api::types::{Model, RerankRequest};
use bigmodel_rerank_api::validation::Validate;
use serde_json::error::Category;

use crate::failure::Failure;
use default_model::WithModel;

/// Reads a request. One without a model is for the default model, as documented.
pub(crate) fn read(body: &[u8]) -> Result<RerankRequest, Failure> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let request: RerankRequest =
        serde_path_to_error::deserialize(WithModel(&mut json)).map_err(not_a_request)?;
    json.end().map_err(Failure::malformed)?;
    match (&request.model, request.validate()) {
        (Model::Unknown(model), _) => Err(Failure::unknown_model(model).about(request.request_id)),
        (_, Err(broken)) => Err(Failure::broken_limits(&broken).about(request.request_id)),
        (_, Ok(())) => Ok(request),
    }
}

fn not_a_request(error: serde_path_to_error::Error<serde_json::Error>) -> Failure {
    let path = error.path().to_string();
    let error = error.into_inner();
    if error.classify() != Category::Data {
        return Failure::malformed(error);
    }
    let reason = error.to_string();
    // serde tells what is missing or double in words only.
    let named = |start: &str| reason.strip_prefix(start)?.split('`').next();
    if let Some(field) = named("missing field `") {
        Failure::missing(field)
    } else if let Some(field) = named("duplicate field `") {
        Failure::illegal(field, "given more than once")
    } else if path == "." {
        Failure::malformed(in_json_terms(&reason))
    } else {
        Failure::illegal(path, in_json_terms(&reason))
    }
}

/// The reason without Rust's names for things.
fn in_json_terms(reason: &str) -> String {
    [
        ("expected i64", "expected an integer"),
        ("a sequence", "a list"),
        ("sequence,", "list,"),
        ("map,", "object,"),
        ("struct RerankRequest", "an object"),
    ]
    .iter()
    .fold(reason.to_owned(), |reason, (rust, json)| {
        reason.replace(rust, json)
    })
}

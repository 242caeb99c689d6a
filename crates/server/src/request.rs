//! Bytes -> a request within the contract's limits, or what is wrong with them.

mod default_model;

use bigmodel_rerank_api::types::{Model, RerankRequest};
use bigmodel_rerank_api::validation::Validate;
use serde::Deserialize;
use serde_json::error::Category;

use crate::failure::Failure;
use default_model::WithModel;

/// Reads a request. One without a model is for the default model, as documented.
pub(crate) fn read(body: &[u8]) -> Result<RerankRequest, Failure> {
    let request = parse(body).map_err(|failure| failure.about(request_id(body)))?;
    let checked = match (&request.model, request.validate()) {
        (Model::Unknown(model), _) => Err(Failure::unknown_model(model)),
        (_, Err(broken)) => Err(Failure::broken_limits(&broken)),
        (_, Ok(())) => Ok(()),
    };
    match checked {
        Ok(()) => Ok(request),
        Err(failure) => Err(failure.about(request.request_id)),
    }
}

fn parse(body: &[u8]) -> Result<RerankRequest, Failure> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let request = serde_path_to_error::deserialize(WithModel(&mut json)).map_err(not_a_request)?;
    json.end().map_err(Failure::more_than_an_object)?;
    Ok(request)
}

/// The id of a request that is not one, as far as it can be read.
fn request_id(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Id {
        request_id: Option<String>,
    }
    serde_json::from_slice::<Id>(body).ok()?.request_id
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

/// The reason without Rust's names for things, and without line and column: there is a path.
fn in_json_terms(reason: &str) -> String {
    let reason = match reason.rsplit_once(" at line ") {
        Some((reason, _)) => reason,
        None => reason,
    };
    // What was given may be quoted, and stays as it is.
    let Some((given, expected)) = reason.rsplit_once(", expected ") else {
        return reason.to_owned();
    };
    let given = match given {
        "invalid type: sequence" => "invalid type: list",
        "invalid type: map" => "invalid type: object",
        given => given,
    };
    let expected = match expected {
        "i64" => "an integer",
        "a sequence" => "a list",
        "struct RerankRequest" => "an object",
        expected => expected,
    };
    format!("{given}, expected {expected}")
}

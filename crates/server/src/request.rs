//! Reads a request within the contract's limits.
//!
//! Only the contract's members are kept: others are skipped, and texts over their limit are counted
//! and not stored.

mod depth;
mod draft;
mod id;
mod values;

use bigmodel_rerank_api::types::{Model, RerankRequest};
use bigmodel_rerank_api::validation::Validate;
use serde::de::DeserializeSeed;
use serde_json::error::Category;

use crate::failure::Failure;
use draft::{DraftSeed, Location};

/// The models that the contract lists, which all use the same scorer.
pub(crate) const MODELS: [Model; 4] = [
    Model::Rerank,
    Model::GlmRerank,
    Model::Rerank2,
    Model::RerankPro,
];
/// The most documents of a request, by the contract.
const MOST_DOCUMENTS: usize = 128;
/// The most characters of a query or a document, by the contract; and of a `request_id`, which the
/// contract leaves open, so that a response is never as large as an id.
const MOST_CHARACTERS: usize = 4096;
/// The most characters of a `user_id`, by the contract.
const MOST_OF_USER_ID: usize = 128;

/// Reads a request. Without a model, it is for the default model, as documented.
pub(crate) fn read(body: &[u8], any_model: bool) -> Result<RerankRequest, Failure> {
    let text = str::from_utf8(body).map_err(|error| Failure::not_utf_8(error.valid_up_to()))?;
    // A parser may skip it (RFC 8259, section 8.1), and editors write it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    depth::check(text)?;
    let draft = parse(text).map_err(|failure| failure.about(id::find(text)))?;
    if let Some(unknown) = draft.unknown_model().filter(|_| !any_model) {
        return Err(Failure::unknown_model(unknown).about(draft.into_id()));
    }
    let (request, mut broken) = draft.into_request();
    if let Err(others) = request.validate() {
        broken.add(&others);
    }
    match broken.into_violations() {
        None => Ok(request),
        Some(broken) => Err(Failure::broken_limits(&broken).about(request.request_id)),
    }
}

fn parse(text: &str) -> Result<draft::Draft, Failure> {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut location = Location::default();
    let draft = DraftSeed(&mut location)
        .deserialize(&mut json)
        .map_err(|error| not_a_request(&error, &location))?;
    json.end().map_err(Failure::more_than_an_object)?;
    Ok(draft)
}

fn not_a_request(error: &serde_json::Error, location: &Location) -> Failure {
    let reason = error.to_string();
    if error.classify() != Category::Data {
        return match location.path().filter(|_| is_half_a_pair(&reason)) {
            Some(field) => Failure::half_a_pair(&field, error.line(), error.column()),
            None => Failure::malformed(error),
        };
    }
    // serde names missing and duplicate fields only in its message.
    let named = |start: &str| reason.strip_prefix(start)?.split('`').next();
    if let Some(field) = named("missing field `") {
        Failure::missing(field)
    } else if let Some(field) = named("duplicate field `") {
        Failure::illegal(field, "given more than once")
    } else if let Some(field) = location.path() {
        Failure::illegal(field, in_json_terms(&reason))
    } else {
        Failure::malformed(in_json_terms(&reason))
    }
}

/// Whether a string has an unpaired surrogate, such as `\ud83d`: JavaScript leaves one when it cuts
/// a text by code units. The JSON library has two messages for it.
fn is_half_a_pair(reason: &str) -> bool {
    ["lone leading surrogate", "unexpected end of hex escape"]
        .iter()
        .any(|start| reason.starts_with(start))
}

/// Returns the reason in the terms of JSON, without line and column, since the path is reported.
fn in_json_terms(reason: &str) -> String {
    let reason = match reason.rsplit_once(" at line ") {
        Some((reason, _)) => reason,
        None => reason,
    };
    // A quoted value stays unchanged.
    let Some((given, expected)) = reason.rsplit_once(", expected ") else {
        return reason.to_owned();
    };
    let given = match given {
        "invalid type: sequence" => "invalid type: list",
        "invalid type: map" => "invalid type: object",
        given => given,
    };
    format!("{given}, expected {expected}")
}

#[cfg(test)]
mod tests;

//! Parses a body into a request within the contract's limits.
//!
//! Only fields of the contract are kept: unknown members are skipped, and texts over their limit
//! are counted but not stored.

mod depth;
mod draft;
mod id;
mod values;

use bigmodel_rerank_api::types::RerankRequest;
use bigmodel_rerank_api::validation::Validate;
use serde::de::DeserializeSeed;
use serde_json::error::Category;

use crate::failure::Failure;
use draft::{DraftSeed, Location};

/// The limits of the contract.
pub(crate) const MAX_DOCUMENTS: usize = limit(RerankRequest::LIMITS.max_items("documents"));
pub(crate) const MAX_DOCUMENT_LENGTH: usize =
    limit(RerankRequest::LIMITS.max_length("documents[]"));
pub(crate) const MAX_QUERY_LENGTH: usize = limit(RerankRequest::LIMITS.max_length("query"));
const MAX_USER_ID_LENGTH: usize = limit(RerankRequest::LIMITS.max_length("user_id"));
/// The maximum length of a `request_id`, for which the contract has no limit. A response repeats
/// it, and must not become as large as a body.
const MAX_REQUEST_ID_LENGTH: usize = MAX_QUERY_LENGTH;

const fn limit(limit: Option<usize>) -> usize {
    match limit {
        Some(limit) => limit,
        None => usize::MAX,
    }
}

/// Returns the body as text without a byte order mark, and not nested too deep.
pub(crate) fn text(body: &[u8]) -> Result<&str, Failure> {
    let text = str::from_utf8(body).map_err(|error| Failure::not_utf_8(error.valid_up_to()))?;
    // Some editors write a byte order mark, and parsers may ignore it (RFC 8259, section 8.1).
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    depth::check(text)?;
    Ok(text)
}

/// Parses a request. Without a model, it is for the documented default model.
pub(crate) fn read(body: &[u8], any_model: bool) -> Result<RerankRequest, Failure> {
    let text = text(body)?;
    let draft = parse(text).map_err(|failure| failure.with_request_id(id::find(text)))?;
    if let Some(unknown) = draft.unknown_model().filter(|_| !any_model) {
        return Err(Failure::unknown_model(unknown).with_request_id(draft.into_id()));
    }
    let (request, mut exceeded) = draft.into_request();
    if let Err(others) = request.validate() {
        exceeded.add(&others);
    }
    match exceeded.into_violations() {
        None => Ok(request),
        Some(violations) => {
            Err(Failure::exceeded_limits(&violations).with_request_id(request.request_id))
        }
    }
}

fn parse(text: &str) -> Result<draft::Draft, Failure> {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut location = Location::default();
    let draft = DraftSeed(&mut location)
        .deserialize(&mut json)
        .map_err(|error| not_a_request(&error, &location))?;
    json.end().map_err(Failure::trailing_characters)?;
    Ok(draft)
}

fn not_a_request(error: &serde_json::Error, location: &Location) -> Failure {
    let reason = error.to_string();
    if error.classify() != Category::Data {
        return match location.path().filter(|_| is_unpaired_surrogate(&reason)) {
            Some(field) => Failure::unpaired_surrogate(&field, error.line(), error.column()),
            None => Failure::malformed(error),
        };
    }
    // serde gives the name of a missing or duplicate field only in the message.
    let named = |start: &str| reason.strip_prefix(start)?.split('`').next();
    if let Some(field) = named("missing field `") {
        Failure::missing(field)
    } else if let Some(field) = named("duplicate field `") {
        Failure::invalid_value(field, "duplicate field")
    } else if let Some(field) = location.path() {
        Failure::invalid_value(field, in_json_terms(&reason))
    } else {
        Failure::malformed(in_json_terms(&reason))
    }
}

/// Returns whether a string contains an unpaired surrogate such as `\ud83d`, which remains of an
/// emoji when JavaScript cuts a text by code units. The JSON library has two messages for it.
fn is_unpaired_surrogate(reason: &str) -> bool {
    ["lone leading surrogate", "unexpected end of hex escape"]
        .iter()
        .any(|start| reason.starts_with(start))
}

/// Returns the reason in terms of JSON instead of Rust, and without line and column, because the
/// failure has a path.
pub(crate) fn in_json_terms(reason: &str) -> String {
    let reason = match reason.rsplit_once(" at line ") {
        Some((reason, _)) => reason,
        None => reason,
    };
    // The value may be quoted before the last separator, and must not change.
    let Some((found, expected)) = reason.rsplit_once(", expected ") else {
        return reason.to_owned();
    };
    let found = match found {
        "invalid type: sequence" => "invalid type: list",
        "invalid type: map" => "invalid type: object",
        found => found,
    };
    format!("{found}, expected {expected}")
}

#[cfg(test)]
mod tests;

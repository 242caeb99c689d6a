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

use crate::failure::Failure;
use crate::json;
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

/// Parses the text once and keeps where it is, since a body may be one large value.
fn parse(text: &str) -> Result<draft::Draft, Failure> {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut location = Location::default();
    let draft = DraftSeed(&mut location).deserialize(&mut json);
    let draft = draft.map_err(|error| {
        json::failure(
            &error,
            location.path().as_deref(),
            |path, reason| match path {
                Some(path) => Failure::invalid_value(path, reason),
                None => Failure::malformed(reason),
            },
        )
    })?;
    json.end().map_err(Failure::trailing_characters)?;
    Ok(draft)
}

#[cfg(test)]
mod tests;

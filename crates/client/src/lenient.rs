//! Reads responses that deviate from the contract.
//!
//! The generated crate reads strictly. Only this module accepts more, because such responses have
//! been charged: `usage` may be missing, `null` or without one of its counts, `id` may be missing,
//! and an index may be written as `1.0`. Strings instead of numbers, and results under another
//! name, have not been observed and are not read.

use bigmodel_rerank_api::RawResponse;
use serde_json::{Map, Value};

use crate::envelope::{Failure, LONGEST};
use crate::{BackendResponse, IndexedScore, Usage};

/// The content of a response with status 2xx.
pub(crate) enum Read {
    /// Scores.
    Response(BackendResponse),
    /// A failure, despite the status.
    Failure(Failure),
    /// Neither, for this reason.
    Invalid(String),
}

/// Reads a body that the contract does not describe; `reason` is why the generated crate refused
/// it.
pub(crate) fn read(response: &RawResponse, reason: Option<&serde_json::Error>) -> Read {
    let refused = || match reason {
        Some(reason) => reason.to_string(),
        None => "unexpected status".to_owned(),
    };
    if response.body().len() > LONGEST {
        return Read::Invalid(refused());
    }
    let value = match serde_json::from_slice::<Value>(response.body()) {
        Ok(value) => value,
        Err(reason) => return Read::Invalid(format!("the body is not JSON: {reason}")),
    };
    let Value::Object(fields) = &value else {
        let found = kind(&value);
        return Read::Invalid(format!("expected an object, found {found}"));
    };
    let results = fields.get("results").filter(|results| !results.is_null());
    let is_empty = results.is_none_or(|results| results.as_array().is_some_and(Vec::is_empty));
    // Codes that gateways send with success.
    let failure = Failure::from_value(&value)
        .filter(|failure| is_empty && !matches!(failure.code.as_deref(), Some("0" | "200")));
    match (results, failure) {
        (_, Some(failure)) => Read::Failure(failure),
        (None, None) => Read::Invalid("missing field `results`".to_owned()),
        (Some(results), None) => match scores(results) {
            Ok(results) => Read::Response(BackendResponse {
                results,
                id: text(fields, "id"),
                request_id: text(fields, "request_id"),
                usage: fields.get("usage").and_then(usage),
            }),
            Err(reason) => Read::Invalid(reason),
        },
    }
}

fn scores(results: &Value) -> Result<Vec<IndexedScore>, String> {
    let Value::Array(results) = results else {
        let found = kind(results);
        return Err(format!("`results`: expected a list, found {found}"));
    };
    let score = |(item, result): (usize, &Value)| {
        let field = |name: &str| match result.get(name) {
            Some(value) => Ok(value),
            None if result.is_object() => Err(format!("results[{item}]: missing field `{name}`")),
            None => Err(format!(
                "results[{item}]: expected an object, found {}",
                kind(result)
            )),
        };
        let wrong = |name: &str, wanted: &str, value: &Value| {
            format!(
                "results[{item}].{name}: expected {wanted}, found {}",
                kind(value)
            )
        };
        let (index, score) = (field("index")?, field("relevance_score")?);
        let at = integer(index).ok_or_else(|| wrong("index", "an integer", index))?;
        let score = score
            .as_f64()
            .ok_or_else(|| wrong("relevance_score", "a number", score))?;
        Ok(IndexedScore::new(at, score as f32))
    };
    results.iter().enumerate().map(score).collect()
}

/// Returns the usage, if the body has it. A rerank call generates nothing, so that either count
/// is the total.
fn usage(value: &Value) -> Option<Usage> {
    let count = |name: &str| integer(value.get(name)?).filter(|count| *count >= 0);
    let (prompt, total) = (count("prompt_tokens"), count("total_tokens"));
    Some(Usage::new(prompt, total.or(prompt)?))
}

/// Returns an integer by its value: `1.0` is 1.
fn integer(value: &Value) -> Option<i64> {
    /// 2^53: above it, not every integer is a float.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        let is_exact = number.fract() == 0.0 && number.abs() <= LARGEST;
        is_exact.then_some(number as i64)
    })
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

//! The forms of Cohere, versions 1 and 2.

use axum::response::Response;
use bigmodel_rerank_engine::Cancellation;
use bigmodel_rerank_form_cohere::types::{
    ApiVersion, BilledUnits, Meta, RerankV1Request, RerankV1Response, RerankV2Request,
    RerankV2Response, TextDocument, V1Document, V1Result, V2Result,
};
use serde::Deserialize;
use serde::de::IgnoredAny;
use uuid::Uuid;

use super::body;
use super::ranked::{Ranked, number};
use crate::buffer::Buffer;
use crate::failure::Failure;
use crate::state::State;

/// The field that is ranked without `rank_fields`.
const TEXT: &str = "text";
/// The forms of a document in version 1.
const V1_DOCUMENT: &str = "a string, or an object whose members are strings";
/// How many documents count as one search.
const DOCUMENTS_PER_UNIT: u32 = 100;
/// How the names of Cohere's own models begin.
const MODEL_PREFIX: &str = "rerank-";

/// What tells a request of Cohere from one of Jina, which has the same path.
#[derive(Deserialize)]
struct Marks {
    #[serde(default)]
    model: Option<String>,
    #[serde(default)]
    rank_fields: Option<IgnoredAny>,
    #[serde(default)]
    max_chunks_per_doc: Option<IgnoredAny>,
}

/// Returns whether a request at `/v1/rerank` is Cohere's: without a model, with the name of one of
/// Cohere's models, or with a field that only Cohere has.
pub(super) fn is_v1(text: &str) -> bool {
    serde_json::from_str::<Marks>(text).is_ok_and(|marks| {
        let is_own = |model: String| model.to_ascii_lowercase().starts_with(MODEL_PREFIX);
        marks.rank_fields.is_some()
            || marks.max_chunks_per_doc.is_some()
            || marks.model.is_none_or(is_own)
    })
}

pub(super) fn rank_v1(
    state: &State,
    bytes: Buffer,
    cancellation: &Cancellation,
) -> Result<Response, Failure> {
    let request: RerankV1Request = body::parse(&bytes, V1_DOCUMENT)?;
    // The response may be as large as the body.
    drop(bytes);
    body::check_count("documents", request.documents.len())?;
    let wanted = body::wanted(request.top_n.flatten())?;
    let fields = request.rank_fields.flatten();
    let fields = fields.unwrap_or_else(|| vec![TEXT.to_owned()]);
    let documents = request.documents.into_iter().enumerate();
    let mut texts = documents
        .map(|(index, document)| text_of(index, document, &fields))
        .collect::<Result<Vec<_>, _>>()?;
    let documents: Vec<_> = texts.iter().map(String::as_str).collect();
    let ranked = Ranked::score(state, &request.query, &documents, cancellation)?;
    let with_text = request.return_documents.flatten().unwrap_or_default();
    let meta = meta("1", texts.len());
    let results: Vec<_> = ranked
        .best(wanted)
        .map(|(index, score)| {
            let mut result = V1Result::new(number(index), score.normalized);
            if with_text {
                // Moved instead of copied, because each index occurs once.
                let text = texts.get_mut(index).map(std::mem::take);
                result.document = text.map(TextDocument::new);
            }
            result
        })
        .collect();
    Ok(ranked.respond(&RerankV1Response::new(id(), results, meta)))
}

pub(super) fn rank_v2(
    state: &State,
    bytes: Buffer,
    cancellation: &Cancellation,
) -> Result<Response, Failure> {
    let request: RerankV2Request = body::parse(&bytes, body::TEXT)?;
    drop(bytes);
    body::check_count("documents", request.documents.len())?;
    let wanted = body::wanted(request.top_n.flatten())?;
    let documents: Vec<_> = request.documents.iter().map(String::as_str).collect();
    let ranked = Ranked::score(state, &request.query, &documents, cancellation)?;
    let results: Vec<_> = ranked
        .best(wanted)
        .map(|(index, score)| V2Result::new(number(index), score.normalized))
        .collect();
    let meta = meta("2", documents.len());
    Ok(ranked.respond(&RerankV2Response::new(id(), results, meta)))
}

/// Returns the text to rank of a document: the fields that it has, one per line.
fn text_of(index: usize, document: V1Document, fields: &[String]) -> Result<String, Failure> {
    let path = || format!("documents[{index}]");
    let mut object = match document {
        V1Document::String(text) => return Ok(text),
        V1Document::StringMap(object) => object,
        _ => return Err(Failure::unknown_form(path(), V1_DOCUMENT)),
    };
    if fields.is_empty() {
        let reason = format!(
            "the list is empty; expected at least 1 field to rank {} by",
            path()
        );
        return Err(Failure::invalid_value("rank_fields", reason));
    }
    let texts: Vec<_> = fields
        .iter()
        .filter_map(|field| object.remove(field))
        .collect();
    if texts.is_empty() {
        let reason = format!("none of the fields {} is present", fields.join(", "));
        return Err(Failure::invalid_value(path(), reason));
    }
    Ok(texts.join("\n"))
}

fn id() -> String {
    Uuid::new_v4().to_string()
}

fn meta(version: &str, documents: usize) -> Meta {
    let documents = u32::try_from(documents).unwrap_or(u32::MAX);
    let units = documents.div_ceil(DOCUMENTS_PER_UNIT);
    Meta::new(ApiVersion::new(version), BilledUnits::new(f64::from(units)))
}

#[cfg(test)]
mod tests {
    use super::is_v1;

    #[test]
    fn a_request_of_cohere_is_told_from_one_of_jina() {
        for (text, expected) in [
            (r#"{"query": "q", "documents": []}"#, true),
            (r#"{"model": null}"#, true),
            (r#"{"model": "rerank-v3.5"}"#, true),
            (r#"{"model": "Rerank-English-v3.0"}"#, true),
            (r#"{"model": "m", "rank_fields": ["a"]}"#, true),
            (r#"{"model": "m", "max_chunks_per_doc": 1}"#, true),
            (r#"{"model": "m"}"#, false),
            (r#"{"model": "rerank"}"#, false),
            (r#"{"model": "jina-reranker-v2-base-multilingual"}"#, false),
            (r#"{"model": 1}"#, false),
            ("[", false),
        ] {
            assert_eq!(is_v1(text), expected, "{text}");
        }
    }
}

//! The form of Jina.

use std::fmt;

use axum::response::Response;
use bigmodel_rerank_engine::Cancellation;
use bigmodel_rerank_form_jina::types::{
    RerankRequest, RerankResponse, RerankResult, TextObject, TextOrObject, Usage,
};

use super::body;
use super::ranked::{Ranked, number};
use crate::buffer::Buffer;
use crate::failure::Failure;
use crate::state::State;

/// The kind of every response.
const KIND: &str = "list";

/// The forms of a query and of a document.
const TEXT_OR_OBJECT: &str = "a string, or an object with a string `text`";

pub(super) fn rank(
    state: &State,
    bytes: Buffer,
    cancellation: &Cancellation,
) -> Result<Response, Failure> {
    let request: RerankRequest = body::parse(&bytes, TEXT_OR_OBJECT)?;
    // The response may be as large as the body.
    drop(bytes);
    body::check_count("documents", request.documents.len())?;
    let wanted = body::wanted(request.top_n.flatten())?;
    let query = text_of(request.query, "query")?;
    let documents = request.documents.into_iter().enumerate();
    let mut texts = documents
        .map(|(index, document)| text_of(document, format_args!("documents[{index}]")))
        .collect::<Result<Vec<_>, _>>()?;
    let documents: Vec<_> = texts.iter().map(String::as_str).collect();
    let ranked = Ranked::score(state, &query, &documents, cancellation)?;
    let with_text = request.return_documents.flatten().unwrap_or(true);
    let results: Vec<_> = ranked
        .best(wanted)
        .map(|(index, score)| {
            let mut result = RerankResult::new(number(index), score.normalized);
            if with_text {
                // Moved instead of copied, because each index occurs once.
                let text = texts.get_mut(index).map(std::mem::take);
                result.document = text.map(TextObject::new);
            }
            result
        })
        .collect();
    let usage = Usage::new(ranked.tokens());
    Ok(ranked.respond(&RerankResponse::new(request.model, KIND, usage, results)))
}

/// Returns the text of the value at a path. The generated type may get other variants.
fn text_of(value: TextOrObject, path: impl fmt::Display) -> Result<String, Failure> {
    match value {
        TextOrObject::String(text) => Ok(text),
        TextOrObject::TextObject(object) => Ok(object.text),
        _ => Err(Failure::unknown_form(path, TEXT_OR_OBJECT)),
    }
}

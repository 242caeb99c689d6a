//! A TREC run: a line of query, `Q0`, document, rank, score and name for each result.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Entry;
use crate::failure::Failure;
use crate::rank::documents::Document;

/// The name of the run.
const NAME: &str = "rerank";

/// The results of a query, whose names were checked.
pub(super) fn run(query: &str, entries: &[Entry<'_>]) -> String {
    let lines = (1..).zip(entries).map(|(place, entry)| {
        let document = name(entry.id, entry.index);
        let score = entry.score;
        format!("{query} Q0 {document} {place} {score} {NAME}\n")
    });
    lines.collect()
}

/// The name of a document: its id, or else its index.
fn name(id: Option<&str>, index: usize) -> Cow<'_, str> {
    id.map_or_else(|| index.to_string().into(), Cow::from)
}

/// Checks the documents that are ranked by a query.
pub(in crate::rank) fn check_documents(documents: &[Document]) -> Result<(), Failure> {
    let documents = documents.iter().enumerate();
    check(
        "document",
        documents.map(|(index, document)| name(document.id.as_deref(), index)),
    )
}

/// Checks names, which are unique and delimited by spaces.
pub(in crate::rank) fn check<'a>(
    what: &str,
    names: impl Iterator<Item = Cow<'a, str>>,
) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    for name in names {
        let is_word =
            !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control());
        if !is_word {
            return Err(unfit(
                what,
                &name,
                "it is empty, or has white space or control characters",
            ));
        }
        if let Some(name) = seen.replace(name) {
            return Err(unfit(what, &name, "it is not unique"));
        }
    }
    Ok(())
}

fn unfit(what: &str, name: &str, why: &str) -> Failure {
    Failure::usage(
        format!("the id of a {what}, {name:?}, cannot be used in a TREC run: {why}"),
        "change the id, or choose --output jsonl",
    )
}

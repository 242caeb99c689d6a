//! A TREC run: a line of query, `Q0`, document, place, score and name for each result.

use super::Entry;
use crate::failure::Failure;

/// Who ranked.
const NAME: &str = "rerank";

pub(super) fn run(query: &str, entries: &[Entry<'_>]) -> Result<String, Failure> {
    let query = word("query", query)?;
    let mut out = String::new();
    for (place, entry) in (1..).zip(entries) {
        let document = match entry.id {
            Some(id) => word("document", id)?.to_owned(),
            None => entry.index.to_string(),
        };
        let score = entry.score;
        out.push_str(&format!("{query} Q0 {document} {place} {score} {NAME}\n"));
    }
    Ok(out)
}

/// The id, which stands between spaces.
fn word<'a>(what: &str, id: &'a str) -> Result<&'a str, Failure> {
    if id.is_empty() || id.contains(char::is_whitespace) {
        return Err(Failure::usage(
            format!(
                "the id of a {what}, {id:?}, cannot stand in a TREC run: it has white space, or is empty"
            ),
            "give it another id, or choose --output jsonl",
        ));
    }
    Ok(id)
}

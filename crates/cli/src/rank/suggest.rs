//! Suggests a command for a query such as `rerank srve`.

use std::path::Path;

use crate::arguments::{RankOptions, similar_command};
use crate::failure::Failure;
use crate::input::has_standard_input;

/// Rejects a query that is close to a command, if there are neither files nor standard input.
pub(super) fn check(options: &RankOptions, paths: &[&Path]) -> Result<(), Failure> {
    match mistyped(options, paths) {
        Some((query, command)) if !has_standard_input() => Err(Failure::usage(
            format!("no documents to rank, and `{query}` is not a command"),
            &format!(
                "did you mean `rerank {command}`? To rank by `{query}`, name files or pipe documents in"
            ),
        )),
        _ => Ok(()),
    }
}

/// Warns that there are no documents.
pub(super) fn no_documents(options: &RankOptions, paths: &[&Path]) -> String {
    let warning = "there are no documents to rank";
    match mistyped(options, paths) {
        Some((_, command)) => format!("{warning}; did you mean `rerank {command}`?"),
        None => warning.to_owned(),
    }
}

/// Returns the query, and the command that it is close to.
fn mistyped<'a>(options: &'a RankOptions, paths: &[&Path]) -> Option<(&'a str, String)> {
    let query = options.query.as_deref().filter(|_| paths.is_empty())?;
    Some((query, similar_command(query)?))
}

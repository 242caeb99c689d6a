//! `rerank QUERY [FILE…]`: documents in, results out, best first.

mod documents;
mod local;
mod remote;
mod show;

use crate::arguments::RankOptions;
use crate::failure::{Failure, print};

/// A ranking, wherever it was made.
pub(crate) struct Ranked {
    /// Index and score of each result, best first.
    pub(crate) hits: Vec<(usize, f32)>,
    /// Whether scores have no bounds.
    pub(crate) raw: bool,
    /// Whether the scores at the top do not differ.
    pub(crate) saturated: bool,
    pub(crate) tokens: i64,
    pub(crate) request_ids: Vec<String>,
}

pub(crate) fn rank(options: &RankOptions) -> Result<(), Failure> {
    let query = options.query.as_deref().unwrap_or_default();
    if options.dry_run {
        let documents = documents::read(options)?;
        return print(&remote::estimate(options, query, &documents)?);
    }
    // A missing key is told before anyone waits for documents.
    let client = match options.local {
        true => None,
        false => Some(remote::client(options)?),
    };
    let documents = documents::read(options)?;
    let mut ranked = match client {
        None => local::rank(options, query, &documents),
        Some(client) => remote::rank(options, &client, query, &documents)?,
    };
    if let Some(least) = options.min_score {
        ranked.hits.retain(|(_, score)| *score >= least);
    }
    print(&show::show(options.output, query, &documents, &ranked)?)?;
    show::remark(options.output, documents.len(), &ranked);
    Ok(())
}

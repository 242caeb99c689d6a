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
    let documents = documents::read(options)?;
    if options.dry_run {
        return print(&remote::estimate(options, query, &documents)?);
    }
    let mut ranked = if options.local {
        local::rank(options, query, &documents)
    } else {
        remote::rank(options, query, &documents)?
    };
    if let Some(least) = options.min_score {
        ranked.hits.retain(|(_, score)| *score >= least);
    }
    print(&show::show(options.output, query, &documents, &ranked)?)?;
    show::remark(options.output, documents.len(), &ranked);
    Ok(())
}

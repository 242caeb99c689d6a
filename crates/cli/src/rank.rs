//! `rerank QUERY [FILE…]`: documents in, results out, best first.

mod batch;
mod documents;
mod json;
mod local;
mod printer;
mod progress;
mod queries;
mod remote;
mod response_file;
mod show;
mod shutdown;
mod suggest;

use bigmodel_rerank::{Ranking, Scale};

use crate::arguments::{Output, RankOptions};
use crate::failure::{Failure, print};
use crate::text::warn;
use queries::Query;

/// A ranking, wherever it was made.
pub(crate) struct Ranked {
    /// Index and score of each result, best first.
    pub(crate) hits: Vec<(usize, f32)>,
    /// Whether scores have no bounds.
    pub(crate) raw: bool,
    /// Whether the scores at the top do not differ.
    pub(crate) saturated: bool,
    /// `None` if the service did not tell.
    pub(crate) tokens: Option<i64>,
    pub(crate) request_ids: Vec<String>,
}

impl Ranked {
    /// Leaves out what has less than this score.
    fn keep_from(&mut self, least: Option<f32>) {
        if let Some(least) = least {
            self.hits.retain(|(_, score)| *score >= least);
        }
    }
}

impl From<&Ranking<'_, &str>> for Ranked {
    fn from(ranking: &Ranking<'_, &str>) -> Self {
        Self {
            hits: ranking.iter().map(|hit| (hit.index, hit.score)).collect(),
            raw: ranking.scale == Scale::Raw,
            saturated: ranking.is_saturated(),
            tokens: ranking.usage.map(|usage| usage.total_tokens),
            request_ids: ranking.request_ids.clone(),
        }
    }
}

pub(crate) fn rank(options: &RankOptions) -> Result<(), Failure> {
    match &options.queries {
        Some(file) => batch::rank(options, file),
        None => by_one_query(options),
    }
}

fn by_one_query(options: &RankOptions) -> Result<(), Failure> {
    let query = Query::alone(options.query.as_deref().unwrap_or_default());
    if query.text.trim().is_empty() {
        return Err(Failure::usage(
            "the query is blank",
            "say what the documents are ranked by",
        ));
    }
    let paths = options.documents();
    suggest::check(options, &paths)?;
    if options.dry_run {
        let documents = documents::read(options, &paths)?;
        return print(&remote::estimate(options, &query.text, &documents)?);
    }
    // A missing key is told before anyone waits for documents.
    let client = match options.local {
        true => None,
        false => Some(remote::client(options)?),
    };
    let documents = documents::read(options, &paths)?;
    if documents.is_empty() {
        // A pipe may well be empty: that is no failure.
        warn(&suggest::no_documents(options, &paths));
    }
    let form = show::form(options.output);
    if form == Output::Trec {
        show::trec::check_documents(&documents)?;
    }
    let mut ranked = match client {
        None => local::rank(options, &query, &documents),
        Some(client) => remote::rank(options, &client, &query.text, &documents)?,
    };
    ranked.keep_from(options.min_score);
    print(&show::show(form, &query, &documents, &ranked)?)?;
    show::remark(form, documents.len(), &ranked);
    Ok(())
}

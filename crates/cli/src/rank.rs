//! `rerank QUERY [FILE…]`: ranks documents and prints results, best first.

mod advice;
mod batch;
mod client;
mod documents;
mod estimate;
mod local;
mod printer;
mod progress;
mod queries;
mod ranked;
mod remote;
mod response_file;
mod scale;
mod show;
mod shutdown;
mod suggest;

use bigmodel_rerank::Reranker;
use bigmodel_rerank_engine::Scorer;

use crate::arguments::{Output, RankOptions};
use crate::failure::{Failure, print};
use crate::text::warn;
use queries::Query;
use ranked::{warn_of_blank, without_refused};

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
            "pass the text to rank the documents against",
        ));
    }
    let paths = options.documents();
    suggest::check(options, &paths)?;
    if options.dry_run {
        let documents = documents::read(options, &paths)?;
        return print(&estimate::of_query(options, &query.text, &documents)?);
    }
    // A missing key or model is reported before anyone waits for documents.
    let ranker = match options.local {
        true => Ranker::Local(local::scorer(options)?),
        false => Ranker::Service(Box::new(client::client(options)?)),
    };
    let documents = documents::read(options, &paths)?;
    if documents.is_empty() {
        // An empty pipe is not a failure.
        warn(&suggest::no_documents(options, &paths));
    }
    let form = show::form(options.output);
    if form == Output::Trec {
        show::trec::check_documents(&documents)?;
    }
    let ranked = match &ranker {
        Ranker::Local(scorer) => local::rank(scorer.as_ref(), options, &query, &documents)?,
        Ranker::Service(client) => remote::rank(options, client, &query.text, &documents)?,
    };
    warn_of_blank(ranked.blank.len(), options.min_score.is_some());
    ranked.warn_of_refused(&documents);
    print(&show::show(form, &query, &documents, &ranked)?)?;
    show::remark(form, documents.len(), &ranked);
    without_refused(ranked.refused.len(), documents.len())
}

/// What ranks: this machine, or the service.
enum Ranker {
    Local(Box<dyn Scorer>),
    Service(Box<Reranker>),
}

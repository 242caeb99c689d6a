//! `rerank --queries FILE`: many queries, a line of results for each, in their order.

use std::path::Path;

use bigmodel_rerank::{ErrorKind, Estimate, Reranker};
use futures_util::{StreamExt as _, stream};

use super::documents::{self, Document};
use super::queries::{self, Query};
use super::watch::Watch;
use super::{Ranked, local, remote, show};
use crate::arguments::{Output, RankOptions};
use crate::failure::{Failure, print, print_on};

/// Queries, and the documents of those that have none of their own.
struct Work {
    queries: Vec<Query>,
    shared: Vec<Document>,
}

impl Work {
    fn read(options: &RankOptions, file: &Path) -> Result<Self, Failure> {
        let paths = options.documents();
        if file == Path::new("-") && (paths.is_empty() || paths.contains(&file)) {
            return Err(Failure::usage(
                "standard input cannot have both the queries and the documents",
                "name a file for one of them",
            ));
        }
        let queries = queries::read(file)?;
        let all_have_own = queries.iter().all(|query| query.documents.is_some());
        if all_have_own && !paths.is_empty() {
            return Err(Failure::usage(
                "every query brings its own documents: the files have none to add",
                "leave the files out, or the documents of the queries",
            ));
        }
        let shared = match all_have_own {
            true => Vec::new(),
            false => documents::read(options, &paths)?,
        };
        Ok(Self { queries, shared })
    }

    fn documents<'a>(&'a self, query: &'a Query) -> &'a [Document] {
        query.documents.as_deref().unwrap_or(&self.shared)
    }

    /// The texts of the documents, query by query.
    fn texts(&self) -> Vec<Vec<&str>> {
        let texts = |query| self.documents(query).iter().map(AsRef::as_ref).collect();
        self.queries.iter().map(texts).collect()
    }
}

pub(super) fn rank(options: &RankOptions, file: &Path) -> Result<(), Failure> {
    let form = match options.output {
        None | Some(Output::Json | Output::Jsonl) => Output::Json,
        Some(Output::Trec) => Output::Trec,
        Some(Output::Bars | Output::Plain | Output::Tsv) => {
            return Err(Failure::usage(
                "results of many queries are JSON Lines or a TREC run",
                "give --output jsonl or --output trec, or rank one query at a time",
            ));
        }
    };
    if options.dry_run {
        let work = Work::read(options, file)?;
        let client = Reranker::builder().build()?;
        let estimate = estimate(options, &client, &work, &work.texts());
        return print(&remote::in_words(options, estimate));
    }
    if options.local {
        let work = Work::read(options, file)?;
        for query in &work.queries {
            let documents = work.documents(query);
            let mut ranked = local::rank(options, &query.text, documents);
            ranked.keep_from(options.min_score);
            if !print_on(&show::show(form, query, documents, &ranked)?)? {
                break;
            }
        }
        return Ok(());
    }
    // A missing key is told before anyone waits for documents.
    let client = remote::client(options)?;
    let work = Work::read(options, file)?;
    served(options, &client, &work, form)
}

/// Ranks by the service: queries of one request each several at once, others one by one.
fn served(
    options: &RankOptions,
    client: &Reranker,
    work: &Work,
    form: Output,
) -> Result<(), Failure> {
    let texts = work.texts();
    let estimate = estimate(options, client, work, &texts);
    remote::within_budget(options, estimate.tokens)?;
    let (across, within) = match estimate.requests > work.queries.len() {
        true => (1, options.concurrency),
        false => (options.concurrency, 1),
    };
    let watch = Watch::new(estimate.requests, estimate.texts)?;
    let calls = work.queries.iter().zip(&texts).map(|(query, texts)| {
        let call = remote::call(options, client, &query.text, texts).concurrency(within);
        let call = watch.over(call);
        async move { (query, call.await) }
    });
    let mut calls = stream::iter(calls).buffered(across);
    let (mut done, mut refused) = (0, 0);
    let mut failure = None;
    let mut unread = false;
    let ending = async {
        while let Some((query, ranked)) = calls.next().await {
            let line = match ranked {
                Ok(ranking) => {
                    done += 1;
                    let mut ranked = Ranked::from(&ranking);
                    ranked.keep_from(options.min_score);
                    show::show(form, query, work.documents(query), &ranked)?
                }
                Err(error) if is_of_one_query(error.kind()) => {
                    refused += 1;
                    show::refusal(form, query, &error)?
                }
                Err(error) => {
                    // Those under way are charged, and kept for --resume: they are awaited.
                    watch.stop.stop();
                    failure.get_or_insert(error);
                    continue;
                }
            };
            if !watch.aside(|| print_on(&line))? {
                watch.stop.stop();
                unread = true;
            }
        }
        Ok(())
    };
    watch.wait(ending)?;
    let all = work.queries.len();
    match failure {
        // Whoever reads has seen enough.
        _ if unread => Ok(()),
        Some(error) => Err(Failure::of_batch(error, done, all, options)),
        None if refused > 0 => Err(Failure::with_code(
            format!("{refused} of {all} queries were refused"),
            "their lines tell why",
            6,
        )),
        None => Ok(()),
    }
}

/// Whether another query may well succeed.
fn is_of_one_query(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidRequest | ErrorKind::ContentRefused | ErrorKind::MalformedAnswer
    )
}

fn estimate(
    options: &RankOptions,
    client: &Reranker,
    work: &Work,
    texts: &[Vec<&str>],
) -> Estimate {
    let queries = work.queries.iter().zip(texts);
    queries.fold(Estimate::default(), |mut sum, (query, texts)| {
        let one = remote::call(options, client, &query.text, texts).estimate();
        sum.requests += one.requests;
        sum.texts += one.texts;
        sum.tokens += one.tokens;
        sum
    })
}

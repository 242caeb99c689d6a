//! `rerank --queries FILE`: ranks by many queries, with a line of results for each, in their order.

use std::path::Path;

use bigmodel_rerank::{Error, ErrorKind, Reranker};
use futures_util::{StreamExt as _, stream};

use super::advice::{with_progress, with_resumption};
use super::documents::{self, Document};
use super::estimate::{Sum, check_budget, in_words};
use super::printer::Printer;
use super::progress::Progress;
use super::queries::{self, Query};
use super::ranked::{Ranked, warn_of_blank, without_refused};
use super::{advice, client, local, remote, scale, show};
use crate::arguments::{Output, RankOptions};
use crate::failure::{Failure, PARTIAL, print, print_on};

/// Queries, and the documents of the queries without their own.
struct Work {
    queries: Vec<Query>,
    shared: Vec<Document>,
}

impl Work {
    fn read(options: &RankOptions, file: &Path, form: Output) -> Result<Self, Failure> {
        let paths = options.documents();
        if file == Path::new("-") && (paths.is_empty() || paths.contains(&file)) {
            return Err(Failure::usage(
                "standard input cannot have both the queries and the documents",
                "name a file for one of them",
            ));
        }
        let queries = queries::read(file, options.query_ids)?;
        let all_have_own = queries.iter().all(|query| query.documents.is_some());
        if all_have_own && !paths.is_empty() {
            return Err(Failure::usage(
                "every query has its own documents, so the files are not used",
                "remove the files, or the documents of the queries",
            ));
        }
        let shared = match all_have_own {
            true => Vec::new(),
            false => documents::read(options, &paths)?,
        };
        let work = Self { queries, shared };
        if form == Output::Trec {
            work.check_names()?;
        }
        Ok(work)
    }

    /// Rejects names that a TREC run cannot have, before anything is sent.
    fn check_names(&self) -> Result<(), Failure> {
        show::trec::check("query", self.queries.iter().map(|query| query.id().into()))?;
        show::trec::check_documents(&self.shared)?;
        let own = self
            .queries
            .iter()
            .filter_map(|query| query.documents.as_deref());
        own.into_iter().try_for_each(show::trec::check_documents)
    }

    fn documents<'a>(&'a self, query: &'a Query) -> &'a [Document] {
        query.documents.as_deref().unwrap_or(&self.shared)
    }

    /// Returns the texts that a query ranks. They are collected query by query, since those of
    /// all queries together may be thousands of times the documents.
    fn texts<'a>(&'a self, query: &'a Query) -> Vec<&'a str> {
        self.documents(query).iter().map(AsRef::as_ref).collect()
    }
}

pub(super) fn rank(options: &RankOptions, file: &Path) -> Result<(), Failure> {
    let form = match options.output {
        None | Some(Output::Json | Output::Jsonl) => Output::Json,
        Some(Output::Trec) => Output::Trec,
        Some(Output::Bars | Output::Plain | Output::Tsv) => {
            return Err(Failure::usage(
                "expected --output jsonl or trec, since there are many queries",
                "pass --output jsonl or --output trec, or rank one query at a time",
            ));
        }
    };
    if options.dry_run {
        let work = Work::read(options, file, form)?;
        let client = Reranker::builder().build()?;
        let sum = estimate(options, &client, &work);
        return print(&in_words(options, &sum)?);
    }
    if options.local {
        let scorer = local::scorer(options)?;
        let work = Work::read(options, file, form)?;
        let mut blank = 0_usize;
        for query in &work.queries {
            let documents = work.documents(query);
            let ranked = local::rank(scorer.as_ref(), options, query, documents)?;
            blank = blank.saturating_add(ranked.blank.len());
            if !print_on(&show::show(form, query, documents, &ranked)?)? {
                break;
            }
        }
        warn_of_blank(blank, options.min_score.is_some());
        return Ok(());
    }
    // A missing key is reported before anyone waits for documents.
    let client = client::client(options)?;
    let work = Work::read(options, file, form)?;
    served(options, &client, &work, form)
}

/// Ranks by the service: queries of one request concurrently, others one by one.
fn served(
    options: &RankOptions,
    client: &Reranker,
    work: &Work,
    form: Output,
) -> Result<(), Failure> {
    let sum = estimate(options, client, work);
    check_budget(options, sum.all.tokens)?;
    let scale = scale::of(options, sum.most_requests)?;
    let (across, within) = match sum.most_requests > 1 {
        true => (1, options.service.concurrency),
        false => (options.service.concurrency, 1),
    };
    warn_of_blank(sum.all.blank, options.min_score.is_some());
    let progress = Progress::new(sum.all.requests, sum.all.texts, true)?;
    let printer = Printer::start(across, &progress.cancellation)?;
    let mut done = Done::default();
    let ending = async {
        let calls = work.queries.iter().map(|query| {
            let (room, progress) = (printer.room(), &progress);
            async move {
                let room = room.await;
                let texts = work.texts(query);
                let call = remote::call(options, client, &query.text, &texts);
                let call = call.scale(scale).concurrency(within);
                let called = progress.attach(call).await;
                (query, called.map(|ranking| Ranked::from(&ranking)), room)
            }
        });
        let mut calls = stream::iter(calls).buffered(across);
        while let Some((query, called, room)) = calls.next().await {
            match done.line(
                options,
                form,
                (query, work.documents(query)),
                called,
                &progress,
            ) {
                Ok(line) => printer.print(line, room),
                Err(failure) => {
                    // Requests in flight are charged, and kept for --resume, so they are awaited.
                    progress.cancellation.cancel();
                    done.failure.get_or_insert(failure);
                }
            }
        }
        drop(calls);
        progress.finish();
        printer.finish().await
    };
    match progress.run(ending) {
        Err(failure) => Err(with_resumption(failure, options)),
        // The reader has closed standard output.
        Ok(false) => Ok(()),
        Ok(true) => done.end(work.queries.len(), &progress),
    }
}

/// The outcome of the queries so far.
#[derive(Default)]
struct Done {
    ranked: usize,
    /// Documents of the ranked queries, and those of them that the service refused.
    documents: usize,
    refused_documents: usize,
    /// The number of refused queries, and the exit code of the first.
    refused: Option<(usize, Failure)>,
    /// The failure that ended the others.
    failure: Option<Failure>,
}

impl Done {
    /// Returns the line of results of a query, or the failure that ends the work, if it concerns more
    /// than this query.
    fn line(
        &mut self,
        options: &RankOptions,
        form: Output,
        (query, documents): (&Query, &[Document]),
        called: Result<Ranked, Error>,
        progress: &Progress,
    ) -> Result<String, Failure> {
        match called {
            Ok(ranked) => {
                self.ranked = self.ranked.saturating_add(1);
                let refused = ranked.refused.len();
                self.documents = self.documents.saturating_add(documents.len());
                self.refused_documents = self.refused_documents.saturating_add(refused);
                progress.suspend(|| ranked.warn_of_refused(documents));
                show::show(form, query, documents, &ranked)
            }
            Err(error) if is_of_one_query(&error) => {
                let failure = advice::failure(error, options, documents);
                let line = progress.suspend(|| show::refusal(form, query, failure.message()));
                let (count, _) = self.refused.get_or_insert((0, failure));
                *count = count.saturating_add(1);
                line
            }
            Err(error) => Err(advice::ending(error, options, documents, true)),
        }
    }

    fn end(self, all: usize, progress: &Progress) -> Result<(), Failure> {
        let ranked = self.ranked;
        match (self.failure, self.refused) {
            (Some(failure), _) => {
                let interrupted = progress.interrupted();
                Err(with_progress(failure, (ranked, all), interrupted))
            }
            (None, Some((refused, first))) => {
                let status = if ranked > 0 { PARTIAL } else { first.status() };
                let message = format!("{refused} of {all} queries were refused");
                Err(Failure::with_code(message, "their lines say why", status))
            }
            (None, None) => without_refused(self.refused_documents, self.documents),
        }
    }
}

/// Whether another query may succeed.
fn is_of_one_query(error: &Error) -> bool {
    match error.kind() {
        // Rejected here, or by the service because of this request.
        ErrorKind::InvalidRequest => matches!(error.status(), None | Some(400)),
        kind => kind == ErrorKind::ContentRefused,
    }
}

/// Adds up what the queries would send, one after the other.
fn estimate(options: &RankOptions, client: &Reranker, work: &Work) -> Sum {
    let mut sum = Sum::default();
    for query in &work.queries {
        let texts = work.texts(query);
        sum.add(remote::call(options, client, &query.text, &texts).estimate());
    }
    sum
}

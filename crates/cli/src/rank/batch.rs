//! `rerank --queries FILE`: many queries, a line of results for each, in their order.

use std::path::Path;

use bigmodel_rerank::{Error, ErrorKind, Estimate, Ranking, Reranker};
use futures_util::{StreamExt as _, stream};

use super::documents::{self, Document};
use super::printer::Printer;
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
    fn read(options: &RankOptions, file: &Path, form: Output) -> Result<Self, Failure> {
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
        let work = Self { queries, shared };
        if form == Output::Trec {
            work.check_names()?;
        }
        Ok(work)
    }

    /// Refuses what a TREC run cannot name, before anything is sent.
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
        let work = Work::read(options, file, form)?;
        let client = Reranker::builder().build()?;
        let estimate = estimate(options, &client, &work, &work.texts());
        return print(&remote::in_words(options, estimate));
    }
    if options.local {
        let work = Work::read(options, file, form)?;
        for query in &work.queries {
            let documents = work.documents(query);
            let mut ranked = local::rank(options, query, documents);
            ranked.keep_from(options.min_score);
            if !print_on(&show::show(form, query, documents, &ranked)?)? {
                break;
            }
        }
        return Ok(());
    }
    // A missing key is told before anyone waits for documents.
    let client = remote::client(options)?;
    let work = Work::read(options, file, form)?;
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
    let watch = Watch::new(estimate.requests, estimate.texts, true)?;
    let printer = Printer::start(across, &watch.stop)?;
    let mut done = Done::default();
    let ending = async {
        let calls = work.queries.iter().zip(&texts).map(|(query, texts)| {
            let call = remote::call(options, client, &query.text, texts).concurrency(within);
            let call = watch.over(call);
            let room = printer.room();
            async move {
                let room = room.await;
                (query, call.await, room)
            }
        });
        let mut calls = stream::iter(calls).buffered(across);
        while let Some((query, called, room)) = calls.next().await {
            match done.line(
                options,
                form,
                (query, work.documents(query)),
                called,
                &watch,
            ) {
                Ok(line) => printer.print(line, room),
                Err(failure) => {
                    // Those under way are charged, and kept for --resume: they are awaited.
                    watch.stop.stop();
                    done.failure.get_or_insert(failure);
                }
            }
        }
        drop(calls);
        watch.ended();
        printer.finish().await
    };
    match watch.wait(ending) {
        Err(failure) => Err(failure.going_on(options)),
        // Whoever reads has seen enough.
        Ok(false) => Ok(()),
        Ok(true) => done.end(work.queries.len(), options, &watch),
    }
}

/// What has become of the queries so far.
#[derive(Default)]
struct Done {
    ranked: usize,
    /// How many were refused, and how the first one would have ended the program.
    refused: Option<(usize, Failure)>,
    /// What ended the others.
    failure: Option<Failure>,
}

impl Done {
    /// The line of results of a query; the failure that ends the work, if it is none of this
    /// query alone.
    fn line(
        &mut self,
        options: &RankOptions,
        form: Output,
        (query, documents): (&Query, &[Document]),
        called: Result<Ranking<'_, &str>, Error>,
        watch: &Watch,
    ) -> Result<String, Failure> {
        match called {
            Ok(ranking) => {
                self.ranked += 1;
                let mut ranked = Ranked::from(&ranking);
                ranked.keep_from(options.min_score);
                show::show(form, query, documents, &ranked)
            }
            Err(error) if is_of_one_query(&error) => {
                let line = watch.aside(|| show::refusal(form, query, &error));
                let (count, _) = self.refused.get_or_insert_with(|| (0, error.into()));
                *count += 1;
                line
            }
            Err(error) => Err(Failure::asking(error, options)),
        }
    }

    fn end(self, all: usize, options: &RankOptions, watch: &Watch) -> Result<(), Failure> {
        let ranked = self.ranked;
        match (self.failure, self.refused) {
            (Some(failure), _) => {
                let interrupted = watch.is_interrupted();
                Err(failure.of_batch(ranked, all, interrupted, options))
            }
            (None, Some((refused, first))) => Err(first.of_refused(refused, ranked, all)),
            (None, None) => Ok(()),
        }
    }
}

/// Whether another query may well succeed.
fn is_of_one_query(error: &Error) -> bool {
    match error.kind() {
        // Refused here, or by the service because of what it was sent.
        ErrorKind::InvalidRequest => matches!(error.status(), None | Some(400)),
        kind => kind == ErrorKind::ContentRefused,
    }
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

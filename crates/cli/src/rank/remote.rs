//! Ranks by the service, or by an endpoint that serves the same contract.

use bigmodel_rerank::{Rerank, Reranker};

use super::documents::Document;
use super::estimate::{Sum, check_budget};
use super::progress::Progress;
use super::ranked::Ranked;
use super::{advice, scale};
use crate::arguments::{LongDocuments, RankOptions};
use crate::failure::Failure;
use crate::long_documents;

/// The most characters of a document, by the contract.
const MOST_CHARACTERS: usize = 4096;

/// Ranks until done or interrupted.
pub(super) fn rank(
    options: &RankOptions,
    client: &Reranker,
    query: &str,
    documents: &[Document],
) -> Result<Ranked, Failure> {
    check_lengths(options, documents)?;
    let texts: Vec<_> = documents.iter().map(AsRef::<str>::as_ref).collect();
    let call = call(options, client, query, &texts);
    let mut sum = Sum::default();
    sum.add(call.estimate());
    check_budget(options, sum.all.tokens)?;
    let scale = scale::of(options, sum.most_requests)?;
    let progress = Progress::new(sum.all.requests, sum.all.texts, false)?;
    let call = progress.attach(call.scale(scale));
    let ranking = progress.run(async {
        call.await.map_err(|error| {
            let is_begun = error.partial().is_some();
            advice::ending(error, options, documents, is_begun)
        })
    })?;
    Ok(Ranked::from(&ranking))
}

/// Rejects documents that are too long, by their locations.
fn check_lengths(options: &RankOptions, documents: &[Document]) -> Result<(), Failure> {
    if !matches!(options.long_documents, LongDocuments::Reject) {
        return Ok(());
    }
    let long = documents.iter().find_map(|document| {
        let length = document.text.chars().count();
        (length > MOST_CHARACTERS).then_some((document, length))
    });
    match long {
        None => Ok(()),
        Some((document, length)) => Err(Failure::usage(
            format!(
                "{}: {length} characters, and a document has {MOST_CHARACTERS} at most",
                document.place()
            ),
            "rank by its beginning or its best part with --long-documents truncate or split",
        )),
    }
}

/// Builds the call of a query, without a scale.
pub(super) fn call<'a>(
    options: &RankOptions,
    client: &Reranker,
    query: &'a str,
    documents: &'a [&'a str],
) -> Rerank<'a, &'a str> {
    let call = client
        .rerank(query, documents)
        .top_n(options.top.unwrap_or_default())
        .long_documents(long_documents::handling(options.long_documents))
        .concurrency(options.service.concurrency);
    match options.min_score {
        Some(score) => call.min_score(score),
        None => call,
    }
}

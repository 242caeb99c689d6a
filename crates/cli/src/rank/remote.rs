//! Ranking by the service, or by an endpoint that serves the same contract.

use std::time::Duration;

use bigmodel_rerank::api::BASE_URL;
use bigmodel_rerank::{ApiKey, Authentication, Error, ErrorKind, Estimate, Rerank, Reranker};

use super::Ranked;
use super::documents::Document;
use super::progress::Progress;
use super::response_file::ResponseFile;
use crate::arguments::{LongDocuments, RankOptions};
use crate::failure::Failure;

/// The most characters of a document, by the contract.
const MOST_CHARACTERS: usize = 4096;
/// How far the windows of a split document overlap, in characters.
const OVERLAP: usize = 512;

/// Ranks, until it is done or interrupted.
pub(crate) fn rank(
    options: &RankOptions,
    client: &Reranker,
    query: &str,
    documents: &[Document],
) -> Result<Ranked, Failure> {
    check_lengths(options, documents)?;
    let texts: Vec<_> = documents.iter().map(AsRef::<str>::as_ref).collect();
    let call = call(options, client, query, &texts);
    let estimate = call.estimate();
    within_budget(options, estimate.tokens)?;
    let progress = Progress::new(estimate.requests, estimate.texts, false)?;
    let call = progress.attach(call);
    let ranking =
        progress.run(async { call.await.map_err(|error| Failure::of(error, options)) })?;
    Ok(Ranked::from(&ranking))
}

/// Refuses documents that are too long by the places that they came from.
fn check_lengths(options: &RankOptions, documents: &[Document]) -> Result<(), Failure> {
    if !matches!(options.long_documents, LongDocuments::Reject) {
        return Ok(());
    }
    let long = documents.iter().find_map(|document| {
        let length = document.text.chars().count();
        (length > MOST_CHARACTERS).then_some((document, length))
    });
    let Some((document, length)) = long else {
        return Ok(());
    };
    let place = match document.line {
        Some(line) => format!("{}:{line}", document.file),
        None => document.file.to_string(),
    };
    Err(Failure::usage(
        format!("{place}: {length} characters, and a document has {MOST_CHARACTERS} at most"),
        "rank by its beginning or its best part with --long-documents truncate or split",
    ))
}

/// Refuses what would take more tokens than it may.
pub(super) fn within_budget(options: &RankOptions, tokens: usize) -> Result<(), Failure> {
    match options.budget {
        Some(budget) if tokens > budget => Err(Failure::usage(
            format!("about {tokens} tokens, and the budget is {budget}; nothing was sent"),
            "raise --budget, or rank fewer documents",
        )),
        _ => Ok(()),
    }
}

/// What would be sent and charged, in a line.
pub(crate) fn estimate(
    options: &RankOptions,
    query: &str,
    documents: &[Document],
) -> Result<String, Failure> {
    // No key is needed to count.
    let client = Reranker::builder().build()?;
    let texts: Vec<_> = documents.iter().map(AsRef::<str>::as_ref).collect();
    let estimate = call(options, &client, query, &texts).estimate();
    Ok(in_words(options, estimate))
}

pub(super) fn in_words(options: &RankOptions, estimate: Estimate) -> String {
    let cost = match estimate.cost(options.price) {
        cost if cost > 0.0 && cost < 0.0001 => "less than ¥0.0001".to_owned(),
        cost => format!("about ¥{cost:.4}"),
    };
    format!(
        "{}, {}, about {}, {cost} at ¥{} for a million tokens; nothing was sent\n",
        counted(estimate.requests, "request"),
        counted(estimate.texts, "text"),
        counted(estimate.tokens, "token"),
        options.price,
    )
}

/// A number and what it counts.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// The client that the options ask for.
pub(crate) fn client(options: &RankOptions) -> Result<Reranker, Failure> {
    let mut builder = Reranker::builder()
        .model(options.model.as_str())
        .timeout(Duration::from_secs(options.timeout));
    let key = match &options.api_key_file {
        Some(file) => ApiKey::from_file(file),
        None => ApiKey::from_env(),
    };
    match (key, &options.base_url) {
        (Ok(key), _) => builder = builder.api_key(key),
        // An endpoint of one's own may not ask for a key.
        (Err(error), Some(_)) if is_missing(&error) => {}
        (Err(error), None) if is_missing(&error) => return Err(no_key()),
        (Err(error), _) => return Err(error.into()),
    }
    if let Some(url) = &options.base_url {
        builder = builder.base_url(url);
    }
    if let Some(file) = &options.resume {
        let url = options.base_url.as_deref().unwrap_or(BASE_URL);
        builder = builder.response_cache(ResponseFile::open(file, url)?);
    }
    if options.jwt {
        builder = builder.authentication(Authentication::Jwt);
    }
    Ok(builder.build()?)
}

/// Whether no key is set, rather than something that is none.
fn is_missing(error: &Error) -> bool {
    error.kind() == ErrorKind::Authentication
}

fn no_key() -> Failure {
    let problem =
        "no API key: set ZHIPUAI_API_KEY to one from bigmodel.cn, or rank here with --local";
    Failure::with_code(problem, "", 3)
}

pub(super) fn call<'a>(
    options: &RankOptions,
    client: &Reranker,
    query: &'a str,
    documents: &'a [&'a str],
) -> Rerank<'a, &'a str> {
    let long_documents = match options.long_documents {
        LongDocuments::Reject => bigmodel_rerank::LongDocuments::Reject,
        LongDocuments::Truncate => bigmodel_rerank::LongDocuments::Truncate,
        LongDocuments::Split => bigmodel_rerank::LongDocuments::Split { overlap: OVERLAP },
    };
    let mut call = client
        .rerank(query, documents)
        .top_n(options.top.unwrap_or_default())
        .long_documents(long_documents)
        .concurrency(options.concurrency);
    if options.raw_scores {
        call = call.raw_scores();
    }
    call
}

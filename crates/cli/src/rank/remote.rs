//! Ranking by the service, or by an endpoint that serves the same contract.

use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bigmodel_rerank::{
    ApiKey, Authentication, Error, ErrorKind, Progress, Ranking, Rerank, Reranker, Scale,
};
use indicatif::{ProgressBar, ProgressStyle};

use super::Ranked;
use super::documents::Document;
use crate::arguments::{LongDocuments, RankOptions};
use crate::failure::{Failure, INTERRUPTED};

/// How far the windows of a split document overlap, in characters.
const OVERLAP: usize = 512;

/// Ranks, until it is done or interrupted.
pub(crate) fn rank(
    options: &RankOptions,
    client: &Reranker,
    query: &str,
    documents: &[Document],
) -> Result<Ranked, Failure> {
    let texts: Vec<_> = documents.iter().map(AsRef::<str>::as_ref).collect();
    let watched = Watched::new(call(options, client, query, &texts))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| Failure::new(format!("no runtime: {error}"), ""))?;
    let ranking = runtime.block_on(watched.run())?;
    Ok(ranked(&ranking))
}

fn ranked(ranking: &Ranking<'_, &str>) -> Ranked {
    Ranked {
        hits: ranking.iter().map(|hit| (hit.index, hit.score)).collect(),
        raw: ranking.scale == Scale::Raw,
        saturated: ranking.is_saturated(),
        tokens: ranking.usage.total_tokens,
        request_ids: ranking.request_ids.clone(),
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
    let cost = match estimate.cost(options.price) {
        cost if cost > 0.0 && cost < 0.0001 => "less than ¥0.0001".to_owned(),
        cost => format!("about ¥{cost:.4}"),
    };
    Ok(format!(
        "{}, {}, about {}, {cost} at ¥{} for a million tokens; nothing was sent\n",
        counted(estimate.requests, "request"),
        counted(estimate.texts, "text"),
        counted(estimate.tokens, "token"),
        options.price,
    ))
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
        .deadline(Duration::from_secs(options.timeout));
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

fn call<'a>(
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
    if let Some(tokens) = options.budget {
        call = call.budget(tokens);
    }
    call
}

/// A call with its progress on a terminal, which Ctrl-C ends.
struct Watched<'a> {
    call: Rerank<'a, &'a str>,
    bar: ProgressBar,
    texts: usize,
    last: Arc<Mutex<Progress>>,
}

impl<'a> Watched<'a> {
    fn new(call: Rerank<'a, &'a str>) -> Result<Self, Failure> {
        let estimate = call.estimate();
        let bar = if estimate.requests > 1 && io::stderr().is_terminal() {
            let style = ProgressStyle::with_template(
                "{bar:30} {pos} of {len} texts ranked, {msg}, {eta} left",
            );
            let style = style.map_err(|error| Failure::new(error.to_string(), ""))?;
            ProgressBar::new(estimate.texts as u64).with_style(style)
        } else {
            ProgressBar::hidden()
        };
        let last = Arc::new(Mutex::new(Progress::default()));
        let (seen, shown) = (Arc::clone(&last), bar.clone());
        let call = call.on_progress(move |progress| {
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = progress;
            shown.set_message(format!("{} tokens", progress.tokens));
            shown.set_position(progress.texts as u64);
        });
        Ok(Self {
            call,
            bar,
            texts: estimate.texts,
            last,
        })
    }

    async fn run(self) -> Result<Ranking<'a, &'a str>, Failure> {
        let done = tokio::select! {
            done = self.call.into_future() => done.map_err(Failure::from),
            _ = tokio::signal::ctrl_c() => {
                let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
                let (texts, tokens) = (last.texts, last.tokens);
                Err(Failure::with_code(
                    format!("interrupted: {texts} of {} were ranked, for {tokens} tokens", counted(self.texts, "text")),
                    "",
                    INTERRUPTED,
                ))
            }
        };
        self.bar.finish_and_clear();
        done
    }
}

//! Ranks a labelled set with the scorers to compare.

use std::time::Instant;

use bigmodel_rerank::Reranker;
use bigmodel_rerank_engine::{Cancellation, Lexical, Scorer, ranking};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use indicatif::{ProgressBar, ProgressStyle};

use super::labelled::Labelled;
use super::trec::Run;
use crate::arguments::{Contender, EvalOptions};
use crate::failure::Failure;
use crate::long_documents;
use crate::scorer::ModelPath;
use crate::service;

/// The rankings of a scorer.
pub(super) struct Ranked {
    pub(super) name: String,
    pub(super) run: Run,
    /// The time of a query in milliseconds, on average.
    pub(super) time: f64,
}

/// A scorer that is known to exist.
enum Ready {
    Lexical,
    Service(Reranker),
    Model(ModelPath),
}

/// Ranks with each scorer. What is missing is reported before the first one ranks.
pub(super) fn rank(options: &EvalOptions, queries: &[Labelled]) -> Result<Vec<Ranked>, Failure> {
    let ready = options.with.iter().map(|contender| {
        Ok(match contender {
            Contender::Lexical => Ready::Lexical,
            Contender::Service(code) => {
                Ready::Service(service::builder(&options.service, code)?.build()?)
            }
            Contender::Model(model) => Ready::Model(ModelPath::find(model, None)?),
        })
    });
    let ready = ready.collect::<Result<Vec<_>, Failure>>()?;
    let progress = progress(queries.len().saturating_mul(ready.len()))?;
    let ranked = options.with.iter().zip(ready).map(|(contender, ready)| {
        let name = contender.name();
        progress.set_message(name.clone());
        let ranked = match ready {
            Ready::Lexical => locally(&Lexical, queries, &progress),
            // One model is in memory at a time.
            Ready::Model(path) => {
                let loaded = path.load(options.model_tokens)?;
                locally(loaded.scorer.as_ref(), queries, &progress)
            }
            Ready::Service(client) => by_service(options, &client, queries, &progress),
        };
        let (run, seconds) = ranked.map_err(|failure| failure.with_detail(&name))?;
        let time = seconds * 1000.0 / queries.len().max(1) as f64;
        Ok(Ranked { name, run, time })
    });
    let ranked = ranked.collect();
    progress.finish_and_clear();
    ranked
}

/// Progress on a terminal, in queries.
fn progress(queries: usize) -> Result<ProgressBar, Failure> {
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} queries ranked, {msg}");
    let style = style.map_err(|error| Failure::new(error.to_string(), ""))?;
    Ok(ProgressBar::new(queries as u64).with_style(style))
}

/// Returns the rankings, and the seconds of all queries.
fn locally(
    scorer: &dyn Scorer,
    queries: &[Labelled],
    progress: &ProgressBar,
) -> Result<(Run, f64), Failure> {
    let (mut run, mut seconds) = (Run::new(), 0.0);
    for query in queries {
        let texts: Vec<_> = query.texts.iter().map(String::as_str).collect();
        let begin = Instant::now();
        let scored = scorer
            .score(&query.query, &texts, &Cancellation::new())
            .map_err(|error| Failure::new(format!("query {}: {error}", query.id), ""))?;
        seconds += begin.elapsed().as_secs_f64();
        run.insert(query.id.clone(), named(query, ranking(&scored.documents)));
        progress.inc(1);
    }
    Ok((run, seconds))
}

/// Returns the rankings of the service, and the seconds of all queries, several of which are in
/// flight at once.
fn by_service(
    options: &EvalOptions,
    client: &Reranker,
    queries: &[Labelled],
    progress: &ProgressBar,
) -> Result<(Run, f64), Failure> {
    let long_documents = long_documents::handling(options.long_documents);
    let calls = queries.iter().map(|query| async move {
        let begin = Instant::now();
        let call = client.rerank(&query.query, &query.texts);
        let ranking = call.long_documents(long_documents).await.map_err(|error| {
            let detail = format!("query {}", query.id);
            Failure::from(error).with_detail(&detail)
        })?;
        progress.inc(1);
        let order = ranking.iter().map(|hit| hit.index).collect();
        let result = (query.id.clone(), named(query, order));
        Ok::<_, Failure>((result, begin.elapsed().as_secs_f64()))
    });
    let all = stream::iter(calls).buffered(options.service.concurrency);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("no runtime: {error}"), ""))?;
    let ranked: Vec<_> = runtime.block_on(all.try_collect())?;
    let seconds = ranked.iter().map(|(_, seconds)| seconds).sum();
    Ok((
        ranked.into_iter().map(|(ranked, _)| ranked).collect(),
        seconds,
    ))
}

/// The names of the candidates in this order.
fn named(query: &Labelled, order: Vec<usize>) -> Vec<String> {
    let names = order.into_iter();
    names
        .filter_map(|index| query.names.get(index).cloned())
        .collect()
}

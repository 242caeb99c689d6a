//! Runs a query, and writes its rows.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bigmodel_rerank_datafusion::scored_rows;
use datafusion::common::DataFusionError;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::DataFrame;

use crate::arguments::JobOptions;
use crate::cluster;
use crate::failure::Failure;
use crate::plan_error;
use crate::progress::{self, Progress};
use crate::result_columns;
use crate::session::Session;
use crate::signals;
use crate::staging::Staging;
use crate::stderr::say;
use crate::tables::Table;
use crate::total::rows_to_score;
use crate::writer::Writer;

/// How often a query runs again on a cluster that lost an executor.
const REPETITIONS: u32 = 3;

/// Runs the query, and writes its rows into the folder, all or none.
pub(crate) async fn execute(
    session: &Session,
    tables: &[Table],
    query: DataFrame,
    options: &JobOptions,
    out: &Path,
) -> Result<(), Failure> {
    tokio::select! {
        done = repeat(session, tables, query, options, out) => done,
        stopped = signals::stopped() => Err(stopped),
    }
}

/// Runs the query, and again if the cluster lost it.
async fn repeat(
    session: &Session,
    tables: &[Table],
    query: DataFrame,
    options: &JobOptions,
    out: &Path,
) -> Result<(), Failure> {
    let mut repetition = 0;
    loop {
        let error = match attempt(session, tables, query.clone(), options, out).await {
            Ok(()) => return Ok(()),
            Err(Stop::Failed(failure)) => return Err(failure),
            Err(Stop::Query(error)) => error,
            Err(Stop::Lost(loss, error)) => {
                repetition += 1;
                if let Some(scheduler) = &options.cluster
                    && repetition <= REPETITIONS
                {
                    cluster::check(scheduler).await?;
                    say(format_args!(
                        "{loss}; running the query again ({repetition} of {REPETITIONS})"
                    ));
                    continue;
                }
                error
            }
        };
        let (context, cluster) = (&session.context, options.cluster.as_ref());
        return Err(plan_error::in_execution(&error, context, tables, cluster).await);
    }
}

/// Runs the query once.
async fn attempt(
    session: &Session,
    tables: &[Table],
    query: DataFrame,
    options: &JobOptions,
    out: &Path,
) -> Result<(), Stop> {
    let plan = query.create_physical_plan().await;
    let plan = plan.map_err(|error| plan_error::in_plan(&error, tables))?;
    result_columns::check(&plan.schema(), options.format)?;
    let staging = Staging::new(out)?;
    let is_remote = options.cluster.is_some();
    let progress = Progress::new(rows_to_score(plan.as_ref()), is_remote, options.progress);
    let mut writer = Writer::new(staging.folder(), options.format, plan.schema());
    let written = write(session, plan, &mut writer, &progress).await;
    let elapsed = progress.finish();
    written.map_err(|stop| match stop {
        Stop::Query(error) if is_remote => match cluster::loss(&error, writer.rows() > 0) {
            Some(loss) => Stop::Lost(loss, error),
            None => Stop::Query(error),
        },
        other => other,
    })?;
    let rows = writer.finish()?;
    staging.commit()?;
    let (scored, seconds) = (scored_rows(), elapsed.as_secs_f64());
    // Executors do not say how many they scored.
    let speed = match scored {
        0 => format!("{} rows/s written", progress::rate(rows, elapsed)),
        _ => format!(
            "{scored} scored, {} rows/s",
            progress::rate(scored, elapsed)
        ),
    };
    eprintln!(
        "{rows} {} to {} in {seconds:.1} s ({speed})",
        if rows == 1 { "row" } else { "rows" },
        out.display()
    );
    Ok(())
}

/// Why a query stopped.
enum Stop {
    /// The engine says so.
    Query(DataFusionError),
    /// The cluster lost it, and it can run again.
    Lost(&'static str, DataFusionError),
    /// Its plan is invalid, or its rows cannot be written.
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Writes the rows of a plan, and prints progress.
async fn write(
    session: &Session,
    plan: Arc<dyn ExecutionPlan>,
    writer: &mut Writer,
    progress: &Progress,
) -> Result<(), Stop> {
    let mut rows = session.engine.rows(plan, session.context.task_ctx());
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    ticks.tick().await;
    loop {
        tokio::select! {
            batch = rows.next() => match batch {
                Some(batch) => {
                    let batch = batch.map_err(Stop::Query)?;
                    writer.write(&batch)?;
                }
                None => return Ok(()),
            },
            _ = ticks.tick() => match scored_rows() {
                0 => progress.print("written", writer.rows()),
                scored => progress.print("scored", scored),
            },
        }
    }
}

//! Runs a query, and writes its rows.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bigmodel_rerank_datafusion::scored_rows;
use datafusion::common::DataFusionError;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::prelude::{DataFrame, SessionContext};
use futures::StreamExt as _;

use crate::arguments::JobOptions;
use crate::cluster;
use crate::failure::Failure;
use crate::plan_error;
use crate::progress::{self, Progress};
use crate::signals;
use crate::staging::Staging;
use crate::tables::Table;
use crate::total::rows_to_score;
use crate::writer::Writer;

/// How often a query runs again on a cluster that lost an executor.
const REPETITIONS: u32 = 3;

/// Runs the query, and writes its rows into the folder, all or none.
pub(crate) async fn execute(
    context: &SessionContext,
    tables: &[Table],
    query: DataFrame,
    options: &JobOptions,
    out: &Path,
) -> Result<(), Failure> {
    tokio::select! {
        done = repeat(context, tables, query, options, out) => done,
        stopped = signals::stopped() => Err(stopped),
    }
}

/// Runs the query, and again if the cluster lost it.
async fn repeat(
    context: &SessionContext,
    tables: &[Table],
    query: DataFrame,
    options: &JobOptions,
    out: &Path,
) -> Result<(), Failure> {
    let mut repetition = 0;
    loop {
        let error = match attempt(context, tables, query.clone(), options, out).await {
            Ok(()) => return Ok(()),
            Err(Stop::Failed(failure)) => return Err(failure),
            Err(Stop::Query(error)) => error,
            Err(Stop::Lost(loss, error)) => {
                repetition += 1;
                if let Some(scheduler) = options.cluster.as_deref()
                    && repetition <= REPETITIONS
                {
                    cluster::check(scheduler).await?;
                    // If standard error is closed, nobody reads it.
                    let _ = writeln!(
                        io::stderr(),
                        "{loss}; running the query again ({repetition} of {REPETITIONS})"
                    );
                    continue;
                }
                error
            }
        };
        let cluster = options.cluster.as_deref();
        return Err(plan_error::in_execution(&error, tables, cluster).await);
    }
}

/// Runs the query once.
async fn attempt(
    context: &SessionContext,
    tables: &[Table],
    query: DataFrame,
    options: &JobOptions,
    out: &Path,
) -> Result<(), Stop> {
    let plan = query.create_physical_plan().await;
    let plan = plan.map_err(|error| plan_error::in_plan(&error, tables))?;
    let staging = Staging::new(out)?;
    let progress = Progress::new(rows_to_score(plan.as_ref()), options.progress);
    let mut writer = Writer::new(staging.folder(), options.format, plan.schema());
    let written = write(context, plan, &mut writer, &progress).await;
    let elapsed = progress.finish();
    written.map_err(|stop| match stop {
        Stop::Query(error) if options.cluster.is_some() => {
            match cluster::loss(&error, writer.rows() > 0) {
                Some(loss) => Stop::Lost(loss, error),
                None => Stop::Query(error),
            }
        }
        other => other,
    })?;
    let rows = writer.finish()?;
    staging.commit()?;
    eprintln!(
        "{rows} rows to {} in {:.1} s ({} rows/s)",
        out.display(),
        elapsed.as_secs_f64(),
        progress::rate(scored_rows().max(rows), elapsed)
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
    context: &SessionContext,
    plan: Arc<dyn ExecutionPlan>,
    writer: &mut Writer,
    progress: &Progress,
) -> Result<(), Stop> {
    let mut rows = execute_stream(plan, context.task_ctx()).map_err(Stop::Query)?;
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

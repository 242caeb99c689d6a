//! Runs a query, and writes its rows.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bigmodel_rerank_datafusion::scored_rows;
use datafusion::common::DataFusionError;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::prelude::{DataFrame, SessionContext};
use futures::StreamExt as _;

use crate::arguments::JobOptions;
use crate::failure::Failure;
use crate::plan_error;
use crate::progress::{self, Progress};
use crate::signals;
use crate::staging::Staging;
use crate::tables::Table;
use crate::total::rows_to_score;
use crate::writer::Writer;

/// Runs the query, and writes its rows into the folder, all or none.
pub(crate) async fn execute(
    context: &SessionContext,
    tables: &[Table],
    query: DataFrame,
    options: &JobOptions,
    out: &Path,
) -> Result<(), Failure> {
    let plan = query.create_physical_plan().await;
    let plan = plan.map_err(|error| plan_error::in_plan(&error, tables))?;
    let staging = Staging::new(out)?;
    let progress = Progress::new(rows_to_score(plan.as_ref()), options.progress);
    let mut writer = Writer::new(staging.folder(), options.format, plan.schema());
    let rows = tokio::select! {
        written = write(context, plan, &mut writer, &progress) => match written {
            Ok(()) => writer.finish()?,
            Err(Stop::Output(failure)) => return Err(failure),
            Err(Stop::Query(error)) => {
                let cluster = options.cluster.as_deref();
                return Err(plan_error::in_execution(&error, tables, cluster).await);
            }
        },
        stopped = signals::stopped() => return Err(stopped),
    };
    staging.commit()?;
    let elapsed = progress.finish();
    eprintln!(
        "{rows} rows to {} in {:.1} s ({} rows/s)",
        out.display(),
        elapsed.as_secs_f64(),
        progress::rate(scored_rows().max(rows), elapsed)
    );
    Ok(())
}

/// Why writing stopped.
enum Stop {
    /// The query failed.
    Query(DataFusionError),
    /// The rows could not be written.
    Output(Failure),
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
                    writer.write(&batch).map_err(Stop::Output)?;
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

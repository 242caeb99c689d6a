//! The threads that plans run on: others than the one that prints progress and hears signals, which
//! would wait while texts are scored.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::common::{DataFusionError, Result};
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::StreamExt as _;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle};

use crate::failure::Failure;

/// The batches that wait to be written.
const WAITING: usize = 1;

/// A thread for each core.
pub(crate) struct Engine {
    threads: Handle,
    /// `None` once it is dropped.
    runtime: Option<Runtime>,
}

impl Engine {
    pub(crate) fn new() -> Result<Self, Failure> {
        let runtime = Builder::new_multi_thread().enable_all().build();
        let failed = |error| Failure::new(format!("no thread can be started: {error}"), "");
        let runtime = runtime.map_err(failed)?;
        Ok(Self {
            threads: runtime.handle().clone(),
            runtime: Some(runtime),
        })
    }

    /// Does work that returns a result of DataFusion.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        let done = self.threads.spawn(work).await;
        done.map_err(|error| failed(&error))?
    }

    /// Starts a plan.
    pub(crate) fn rows(&self, plan: Arc<dyn ExecutionPlan>, context: Arc<TaskContext>) -> Rows {
        let (sender, batches) = mpsc::channel(WAITING);
        let task = self.threads.spawn(async move {
            let mut rows = match execute_stream(plan, context) {
                Ok(rows) => rows,
                Err(error) => {
                    // Sending fails only if nobody waits for the rows any more.
                    let _ = sender.send(Err(error)).await;
                    return;
                }
            };
            while let Some(batch) = rows.next().await {
                if sender.send(batch).await.is_err() {
                    return;
                }
            }
        });
        Rows {
            batches,
            task: Some(task),
        }
    }
}

impl Drop for Engine {
    /// Scoring that is in progress is not waited for.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The rows of a plan that runs.
pub(crate) struct Rows {
    batches: mpsc::Receiver<Result<RecordBatch>>,
    /// `None` once it has ended.
    task: Option<JoinHandle<()>>,
}

impl Rows {
    /// Returns the next batch. The caller may stop waiting for it, and call again.
    pub(crate) async fn next(&mut self) -> Option<Result<RecordBatch>> {
        if let Some(batch) = self.batches.recv().await {
            return Some(batch);
        }
        // Without an error, a thread that panicked would look like the end.
        let ended = self.task.as_mut()?.await;
        self.task = None;
        ended.err().map(|error| Err(failed(&error)))
    }
}

fn failed(error: &JoinError) -> DataFusionError {
    DataFusionError::Execution(format!("a thread of the query ended: {error}"))
}

//! The threads that plans run on: others than the one that prints progress and hears signals, which
//! would wait while texts are scored.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::common::{DataFusionError, Result};
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::StreamExt as _;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::failure::Failure;

/// The batches that wait to be written.
const WAITING: usize = 1;

/// A thread for each core.
pub(crate) struct Engine(Option<Runtime>);

impl Engine {
    pub(crate) fn new() -> Result<Self, Failure> {
        let runtime = Builder::new_multi_thread().enable_all().build();
        let failed = |error| Failure::new(format!("no thread can be started: {error}"), "");
        Ok(Self(Some(runtime.map_err(failed)?)))
    }

    /// Starts to do work.
    fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Option<JoinHandle<T>> {
        self.0.as_ref().map(|runtime| runtime.spawn(work))
    }

    /// Does work that returns a result of DataFusion.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        match self.spawn(work) {
            Some(task) => task.await.map_err(|error| failed(&error))?,
            None => Err(DataFusionError::Execution("no thread is left".to_owned())),
        }
    }

    /// Starts a plan.
    pub(crate) fn rows(&self, plan: Arc<dyn ExecutionPlan>, context: Arc<TaskContext>) -> Rows {
        let (sender, batches) = mpsc::channel(WAITING);
        let task = self.spawn(async move {
            let mut rows = match execute_stream(plan, context) {
                Ok(rows) => rows,
                Err(error) => {
                    // Nobody waits for the rows any more if they cannot be sent.
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
        Rows { batches, task }
    }
}

impl Drop for Engine {
    /// Scoring that is in progress is not waited for.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// The rows of a plan that runs.
pub(crate) struct Rows {
    batches: mpsc::Receiver<Result<RecordBatch>>,
    task: Option<JoinHandle<()>>,
}

impl Rows {
    /// Returns the next batch. The caller may stop waiting for it, and call again.
    pub(crate) async fn next(&mut self) -> Option<Result<RecordBatch>> {
        if let Some(batch) = self.batches.recv().await {
            return Some(batch);
        }
        // Without an error, a thread that panicked would look like the end.
        let ended = match &mut self.task {
            Some(task) => task.await,
            None => return None,
        };
        self.task = None;
        ended.err().map(|error| Err(failed(&error)))
    }
}

fn failed(error: &tokio::task::JoinError) -> DataFusionError {
    DataFusionError::Execution(format!("a thread of the query ended: {error}"))
}

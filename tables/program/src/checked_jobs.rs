//! The jobs of the scheduler, without those that would lose rows or deliver them twice.
//!
//! If an executor is lost, Ballista 55 runs a stage again whose inputs are lost. What its tasks wrote
//! before stays in the inputs of the next stage, or in the result, and a task that still runs may
//! overwrite what its successor writes. Such a job fails here before its client sees that it is done,
//! and the client runs it again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use ballista_core::error::Result;
use ballista_core::extension::SessionConfigExt as _;
use ballista_core::serde::protobuf::task_status::Status;
use ballista_core::serde::protobuf::{JobStatus, job_status};
use ballista_core::{JobId, JobStatusSubscriber};
use ballista_scheduler::cluster::{JobState, JobStateEventStream};
use ballista_scheduler::state::execution_graph::{ExecutionGraph, ExecutionGraphBox};
use ballista_scheduler::state::execution_stage::{ExecutionStage, StageOutput};
use datafusion::prelude::{SessionConfig, SessionContext};
use tokio::sync::mpsc::UnboundedSender;

/// What the failure of such a job says.
pub(crate) const DISCARDED: &str =
    "parts of the work were lost or done twice, as happens when an executor is lost";

/// Ballista's jobs, with the check.
pub(crate) struct CheckedJobs {
    jobs: Arc<dyn JobState>,
    /// Takes jobs that failed here and are still running.
    discarded: UnboundedSender<JobId>,
}

impl CheckedJobs {
    pub(crate) fn new(jobs: Arc<dyn JobState>, discarded: UnboundedSender<JobId>) -> Self {
        Self { jobs, discarded }
    }
}

/// Whether stages of a job, or its client, would not read what its tasks wrote, each part once.
fn is_inconsistent(graph: &dyn ExecutionGraph) -> bool {
    let stages = graph.stages();
    let is_done = graph.is_successful();
    let differ = |read: usize, written: usize| read > written || (is_done && read < written);
    let is_repeated_or_differs = |stage: &ExecutionStage| {
        let Some((attempt, inputs)) = inputs(stage, is_done) else {
            return false;
        };
        let mut inputs = inputs.iter().peekable();
        let is_repeated = attempt > 0 && inputs.peek().is_some();
        is_repeated
            || inputs.any(|(id, input)| {
                let read = input.partition_locations.values().map(Vec::len).sum();
                differ(read, stages.get(id).map_or(0, outputs))
            })
    };
    let last = stages
        .values()
        .filter(|stage| stage.output_links().is_empty());
    differ(graph.output_locations().len(), last.map(outputs).sum())
        || stages.values().any(is_repeated_or_differs)
}

/// Returns how many outputs the tasks of a stage wrote.
fn outputs(stage: &ExecutionStage) -> usize {
    let tasks = stage.task_infos().unwrap_or_default().iter();
    let written = tasks.map(|task| match &task.task_status {
        Status::Successful(task) => task.partitions.len(),
        _ => 0,
    });
    written.sum()
}

/// Returns how often a stage was begun again, and what it reads, by the stages that write it. While
/// the job is running, a stage that is done may have read outputs that are lost now.
fn inputs(stage: &ExecutionStage, is_done: bool) -> Option<(usize, &HashMap<usize, StageOutput>)> {
    match stage {
        ExecutionStage::UnResolved(stage) => Some((stage.stage_attempt_num, &stage.inputs)),
        ExecutionStage::Resolved(stage) => Some((stage.stage_attempt_num, &stage.inputs)),
        ExecutionStage::Running(stage) => Some((stage.stage_attempt_num, &stage.inputs)),
        ExecutionStage::Successful(stage) if is_done => {
            Some((stage.stage_attempt_num, &stage.inputs))
        }
        ExecutionStage::Successful(_) | ExecutionStage::Failed(_) => None,
    }
}

#[async_trait]
impl JobState for CheckedJobs {
    async fn save_job(&self, id: &JobId, graph: &ExecutionGraphBox) -> Result<()> {
        // A job that has failed keeps its reason.
        let has_failed = matches!(graph.status().status, Some(job_status::Status::Failed(_)));
        if has_failed || !is_inconsistent(graph.as_ref()) {
            return self.jobs.save_job(id, graph).await;
        }
        log::warn!("job {id}: {DISCARDED}");
        let mut failed = graph.cloned();
        failed.fail_job(DISCARDED.to_owned());
        if !graph.is_successful() {
            // The scheduler is gone if nobody receives it.
            let _ = self.discarded.send(id.clone());
        }
        self.jobs.save_job(id, &failed).await
    }

    fn accept_job(&self, id: &JobId, name: &str, queued_at: u64) -> Result<()> {
        self.jobs.accept_job(id, name, queued_at)
    }

    fn pending_job_number(&self) -> usize {
        self.jobs.pending_job_number()
    }

    async fn submit_job(
        &self,
        id: JobId,
        graph: &ExecutionGraphBox,
        subscriber: Option<JobStatusSubscriber>,
    ) -> Result<()> {
        self.jobs.submit_job(id, graph, subscriber).await
    }

    async fn get_jobs(&self) -> Result<HashSet<JobId>> {
        self.jobs.get_jobs().await
    }

    async fn get_all_jobs(&self) -> Result<HashSet<JobId>> {
        self.jobs.get_all_jobs().await
    }

    async fn get_job_status(&self, id: &JobId) -> Result<Option<JobStatus>> {
        self.jobs.get_job_status(id).await
    }

    async fn get_execution_graph(&self, id: &JobId) -> Result<Option<ExecutionGraphBox>> {
        self.jobs.get_execution_graph(id).await
    }

    async fn fail_unscheduled_job(&self, id: &JobId, reason: String) -> Result<()> {
        self.jobs.fail_unscheduled_job(id, reason).await
    }

    async fn remove_job(&self, id: &JobId) -> Result<()> {
        self.jobs.remove_job(id).await
    }

    async fn try_acquire_job(&self, id: &JobId) -> Result<Option<ExecutionGraphBox>> {
        self.jobs.try_acquire_job(id).await
    }

    async fn job_state_events(&self) -> Result<JobStateEventStream> {
        self.jobs.job_state_events().await
    }

    async fn create_or_update_session(
        &self,
        id: &str,
        config: &SessionConfig,
    ) -> Result<Arc<SessionContext>> {
        // The stages of adaptive plans do not say what they read of each other.
        let config = config.clone().with_ballista_adaptive_query_planner(false);
        self.jobs.create_or_update_session(id, &config).await
    }

    async fn remove_session(&self, id: &str) -> Result<()> {
        self.jobs.remove_session(id).await
    }

    fn produce_config(&self) -> SessionConfig {
        self.jobs.produce_config()
    }
}

//! The executors of the scheduler: only those of this program, which have the functions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use ballista_core::JobId;
use ballista_core::error::{BallistaError, Result};
use ballista_core::serde::protobuf::ExecutorHeartbeat;
use ballista_core::serde::scheduler::{ExecutorData, ExecutorMetadata};
use ballista_scheduler::cluster::{BoundTask, ClusterState, ClusterStateEventStream, ExecutorSlot};
use ballista_scheduler::config::TaskDistributionPolicy;
use ballista_scheduler::state::task_manager::JobInfoCache;

/// How the ids of executors of this program begin.
pub(crate) const ID_PREFIX: &str = "rerank-tables-";

/// Ballista's executors, without those of other programs.
pub(crate) struct OwnExecutors(pub(crate) Arc<dyn ClusterState>);

/// Refuses an executor of another program.
fn check(metadata: &ExecutorMetadata) -> Result<()> {
    if metadata.id.starts_with(ID_PREFIX) {
        return Ok(());
    }
    Err(BallistaError::Configuration(format!(
        "executor {}:{} lacks the functions of rerank-tables; start it with rerank-tables executor",
        metadata.host, metadata.port
    )))
}

#[async_trait]
impl ClusterState for OwnExecutors {
    async fn register_executor(
        &self,
        metadata: ExecutorMetadata,
        spec: ExecutorData,
    ) -> Result<()> {
        check(&metadata)?;
        self.0.register_executor(metadata, spec).await
    }

    async fn save_executor_metadata(&self, metadata: ExecutorMetadata) -> Result<()> {
        check(&metadata)?;
        self.0.save_executor_metadata(metadata).await
    }

    async fn save_executor_heartbeat(&self, heartbeat: ExecutorHeartbeat) -> Result<()> {
        // One that is refused is not waited for.
        if !heartbeat.executor_id.starts_with(ID_PREFIX) {
            return Ok(());
        }
        self.0.save_executor_heartbeat(heartbeat).await
    }

    async fn init(&self) -> Result<()> {
        self.0.init().await
    }

    async fn bind_schedulable_tasks(
        &self,
        distribution: TaskDistributionPolicy,
        active_jobs: Arc<HashMap<JobId, JobInfoCache>>,
        executors: Option<HashSet<String>>,
    ) -> Result<Vec<BoundTask>> {
        self.0
            .bind_schedulable_tasks(distribution, active_jobs, executors)
            .await
    }

    async fn unbind_tasks(&self, slots: Vec<ExecutorSlot>) -> Result<()> {
        self.0.unbind_tasks(slots).await
    }

    async fn get_executor_metadata(&self, id: &str) -> Result<ExecutorMetadata> {
        self.0.get_executor_metadata(id).await
    }

    async fn registered_executor_metadata(&self) -> Vec<ExecutorMetadata> {
        self.0.registered_executor_metadata().await
    }

    async fn remove_executor(&self, id: &str) -> Result<()> {
        self.0.remove_executor(id).await
    }

    fn executor_heartbeats(&self) -> HashMap<String, ExecutorHeartbeat> {
        self.0.executor_heartbeats()
    }

    fn get_executor_heartbeat(&self, id: &str) -> Option<ExecutorHeartbeat> {
        self.0.get_executor_heartbeat(id)
    }

    async fn cluster_state_events(&self) -> Result<ClusterStateEventStream> {
        self.0.cluster_state_events().await
    }
}

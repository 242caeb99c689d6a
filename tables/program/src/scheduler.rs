//! `rerank-tables scheduler`: Ballista's scheduler with the functions.

use std::net::SocketAddr;
use std::sync::Arc;

use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::utils::{default_config_producer, default_session_builder};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use bigmodel_rerank_datafusion::{RerankConfig, scalar_functions, window_functions};
use datafusion::common::Result;
use datafusion::execution::{FunctionRegistry as _, SessionState};
use datafusion::prelude::SessionConfig;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::arguments::SchedulerOptions;
use crate::checked_jobs::CheckedJobs;
use crate::codec::{LogicalCodec, PhysicalCodec};
use crate::failure::Failure;
use crate::logging;
use crate::own_executors::OwnExecutors;
use crate::signals;

/// How long results are kept.
const KEEP_SECONDS: u64 = 6 * 3600;

pub(crate) async fn run(options: &SchedulerOptions) -> std::result::Result<(), Failure> {
    logging::start(options.verbose);
    let address = SocketAddr::new(options.bind, options.port);
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(
            format!("scheduler on {address}: {error}"),
            "name an address of this machine with --bind and a free port with --port",
        )
    };
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|error| failed(&error))?;
    let config = Arc::new(config(options));
    let cluster = BallistaCluster::new_from_config(&config).await;
    let cluster = cluster.map_err(|error| failed(&error))?;
    let (discarded, mut discards) = mpsc::unbounded_channel();
    let jobs = CheckedJobs::new(cluster.job_state(), discarded);
    let executors = OwnExecutors(cluster.cluster_state());
    let cluster = BallistaCluster::new(Arc::new(executors), Arc::new(jobs));
    let scheduler = create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, config).await;
    let scheduler = scheduler.map_err(|error| failed(&error))?;
    eprintln!("scheduler on {address}; Ctrl-C stops it, and running queries fail");
    let canceler = scheduler.clone();
    let cancel = async {
        while let Some(job) = discards.recv().await {
            // It fails if the scheduler stops, which ends all jobs.
            let _ = canceler.cancel_job(job).await;
        }
    };
    tokio::select! {
        served = start_grpc_service_with_listener(listener, scheduler) => {
            served.map_err(|error| failed(&error))
        }
        _ = signals::stopped() => Ok(()),
        () = cancel => Ok(()),
    }
}

fn config(options: &SchedulerOptions) -> SchedulerConfig {
    SchedulerConfig {
        bind_host: options.bind.to_string(),
        external_host: options.bind.to_string(),
        bind_port: options.port,
        // Executors ask for tasks. If the scheduler sends them instead, a query can hang after an
        // executor is lost: Ballista 55 takes back the tasks and then waits for an event that does
        // not come.
        scheduling_policy: TaskSchedulingPolicy::PullStaged,
        executor_timeout_seconds: options.executor_timeout,
        expire_dead_executor_interval_seconds: 1,
        no_executors_grace_period_seconds: options.executor_timeout,
        // Executors keep a result as long as its client may take to read it.
        finished_job_data_clean_up_interval_seconds: KEEP_SECONDS,
        finished_job_state_clean_up_interval_seconds: KEEP_SECONDS,
        override_config_producer: Some(Arc::new(session_config)),
        override_session_builder: Some(Arc::new(session)),
        override_logical_codec: Some(Arc::new(LogicalCodec::default())),
        override_physical_codec: Some(Arc::new(PhysicalCodec::default())),
        ..SchedulerConfig::default()
    }
}

/// Returns the options of a session before those of its client are set.
pub(crate) fn session_config() -> SessionConfig {
    default_config_producer().with_option_extension(RerankConfig::default())
}

/// Returns a session that plans the queries of a client.
fn session(config: SessionConfig) -> Result<SessionState> {
    let mut state = default_session_builder(config)?;
    for function in scalar_functions() {
        state.register_udf(Arc::new(function))?;
    }
    for function in window_functions() {
        state.register_udwf(Arc::new(function))?;
    }
    Ok(state)
}

//! The session of a query, on this machine or on a cluster.

use std::sync::Arc;
use std::thread::available_parallelism;

use bigmodel_rerank_datafusion::{model_digest, register};
use datafusion::common::DataFusionError;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::arguments::JobOptions;
use crate::cluster;
use crate::failure::Failure;

/// Returns the session with the functions and the scorer that the options name.
pub(crate) async fn new(options: &JobOptions) -> Result<SessionContext, Failure> {
    let context = match &options.cluster {
        Some(scheduler) => cluster::connect(scheduler, options.partitions).await?,
        None => local(options).map_err(|error| Failure::new(error.strip_backtrace(), ""))?,
    };
    register(&context);
    set_scorer(&context, options).map_err(|error| {
        Failure::usage(
            error.strip_backtrace(),
            "name a folder with model.onnx, tokenizer.json and config.json",
        )
    })?;
    Ok(context)
}

fn local(options: &JobOptions) -> Result<SessionContext, DataFusionError> {
    let cores = available_parallelism().map_or(1, usize::from);
    let partitions = options.partitions.map_or(cores, usize::from);
    let config = SessionConfig::new()
        .with_target_partitions(partitions)
        .set_usize(
            "datafusion.execution.sort_spill_reservation_bytes",
            // Each partition reserves this much of its share for merging what was spilled.
            (options.memory.0 / (partitions * 8)).min(10 << 20),
        )
        // Views keep the buffers of whole files alive, and count towards no limit.
        .set_bool(
            "datafusion.execution.parquet.schema_force_view_types",
            false,
        )
        .set_bool("datafusion.sql_parser.map_string_types_to_utf8view", false);
    let disk = match &options.spill {
        Some(folder) => DiskManagerMode::Directories(vec![folder.clone()]),
        None => DiskManagerMode::OsTmpDirectory,
    };
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(options.memory.0)))
        .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(disk))
        .build_arc()?;
    Ok(SessionContext::new_with_config_rt(config, runtime))
}

/// Sets the options of the functions. On a cluster, the digest names the model.
fn set_scorer(context: &SessionContext, options: &JobOptions) -> Result<(), DataFusionError> {
    let Some(folder) = &options.model else {
        return Ok(());
    };
    let state = context.state_ref();
    let mut state = state.write();
    let config = state.config_mut().options_mut();
    config.set("rerank.scorer", "model")?;
    config.set("rerank.model", &folder.to_string_lossy())?;
    if options.cluster.is_some() {
        config.set("rerank.model_digest", &model_digest(folder)?)?;
    }
    Ok(())
}

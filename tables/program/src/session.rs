//! The session of a query, on this machine or on a cluster.

use std::path::Path;
use std::thread::available_parallelism;

use bigmodel_rerank_datafusion::{model_digest, register};
use datafusion::common::DataFusionError;
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::arguments::JobOptions;
use crate::cluster;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::memory;
use crate::temporary::TemporaryFolder;

/// What a query needs besides its tables.
pub(crate) struct Session {
    pub(crate) context: SessionContext,
    pub(crate) engine: Engine,
    /// Whether all columns of CSV files are text.
    pub(crate) all_text: bool,
    /// Removed after the engine has stopped.
    _spill: Option<TemporaryFolder>,
}

/// Returns the session with the functions and the scorer that the options name.
pub(crate) async fn new(options: &JobOptions) -> Result<Session, Failure> {
    let mut spill = None;
    let context = match &options.cluster {
        Some(scheduler) => cluster::connect(scheduler, options.partitions).await?,
        None => {
            let folder = spill_folder(options)?;
            let context = local(options, folder.path());
            spill = Some(folder);
            context.map_err(|error| Failure::new(error.strip_backtrace(), ""))?
        }
    };
    if let Some(folder) = &options.model {
        folder.read_dir().map_err(|error| {
            let folder = folder.display();
            Failure::of_model(format!(
                "--model {folder} is not a folder with a model: {error}"
            ))
        })?;
    }
    register(&context);
    set_scorer(&context, options).map_err(|error| Failure::of_model(error.strip_backtrace()))?;
    Ok(Session {
        context,
        engine: Engine::new()?,
        all_text: options.all_text,
        _spill: spill,
    })
}

fn spill_folder(options: &JobOptions) -> Result<TemporaryFolder, Failure> {
    let folder = options.spill.as_deref();
    TemporaryFolder::new(folder).map_err(|error| match folder {
        Some(folder) => Failure::usage(
            format!("--spill {}: {error}", folder.display()),
            "name a folder that exists and can be written",
        ),
        None => Failure::new(
            format!("no temporary folder: {error}"),
            "name a folder with --spill",
        ),
    })
}

fn local(options: &JobOptions, spill: &Path) -> Result<SessionContext, DataFusionError> {
    let cores = available_parallelism().map_or(1, usize::from);
    let partitions = options.partitions.map_or(cores, usize::from);
    let config = SessionConfig::new()
        .with_target_partitions(partitions)
        .with_batch_size(memory::BATCH_ROWS)
        // What is in memory is sorted at once: a merge of it would need the keys again.
        .set_usize(
            "datafusion.execution.sort_in_place_threshold_bytes",
            1 << 30,
        )
        .set_usize(
            "datafusion.execution.sort_spill_reservation_bytes",
            memory::merge_reservation(options.memory.0, partitions),
        )
        // Views keep the buffers of whole files alive, and count towards no limit.
        .set_bool(
            "datafusion.execution.parquet.schema_force_view_types",
            false,
        )
        .set_bool("datafusion.sql_parser.map_string_types_to_utf8view", false);
    let runtime = memory::runtime(options.memory.0, partitions, spill)?;
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

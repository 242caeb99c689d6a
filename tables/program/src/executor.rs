//! `rerank-tables executor`: Ballista's executor with the functions, and a model.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::available_parallelism;

use ballista_core::RuntimeProducer;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use bigmodel_rerank_datafusion::{provide_model, scalar_functions, window_functions};

use crate::arguments::ExecutorOptions;
use crate::cluster;
use crate::codec::{LogicalCodec, PhysicalCodec};
use crate::failure::Failure;
use crate::logging;
use crate::memory;
use crate::own_executors::ID_PREFIX;
use crate::scheduler::session_config;
use crate::signals;
use crate::temporary::TemporaryFolder;

pub(crate) async fn run(options: &ExecutorOptions) -> Result<(), Failure> {
    logging::start(options.verbose);
    check_port(options)?;
    let name = name(options);
    let threads = threads(options);
    let digest = provide_model(name.clone(), options.model.as_deref(), threads);
    let digest = digest.map_err(|error| Failure::of_model(error.strip_backtrace()))?;
    let work = Work::new(options)?;
    tokio::select! {
        found = cluster::wait(&options.scheduler) => found?,
        stopped = signals::stopped() => return Err(stopped),
    }
    let defaults = ExecutorProcessConfig::default();
    let process = start_executor_process(Arc::new(ExecutorProcessConfig {
        executor_id: format!("{ID_PREFIX}{}", defaults.executor_id),
        bind_host: options.bind.to_string(),
        external_host: Some(external_host(options)),
        port: options.port,
        scheduler_host: options.scheduler.host.clone(),
        scheduler_port: options.scheduler.port,
        vcores: threads,
        work_dir: Some(work.path.to_string_lossy().into_owned()),
        task_scheduling_policy: TaskSchedulingPolicy::PullStaged,
        // The pool of the runtime is used instead.
        memory_pool_size: Some(0),
        override_runtime_producer: Some(runtimes(options.memory.0, threads, &work.path)?),
        override_function_registry: Some(Arc::new(functions())),
        override_config_producer: Some(Arc::new(session_config)),
        override_logical_codec: Some(Arc::new(LogicalCodec::default())),
        override_physical_codec: Some(Arc::new(PhysicalCodec::default())),
        ..defaults
    }));
    let model = digest.map_or_else(|| "no model".to_owned(), |digest| format!("model {digest}"));
    eprintln!("{name}, {threads} threads, {model}; Ctrl-C stops it after its tasks");
    let mut is_stopped = false;
    let stopped = async {
        signals::stopped().await;
    };
    tokio::pin!(process, stopped);
    // Ballista receives the signals too, and finishes the tasks.
    let done = loop {
        tokio::select! {
            done = &mut process => break done,
            () = &mut stopped, if !is_stopped => is_stopped = true,
        }
    };
    match done {
        Ok(()) if is_stopped => Ok(()),
        Ok(()) => Err(Failure::new(
            format!(
                "the scheduler {} does not respond any more",
                options.scheduler
            ),
            "start it again, and then this executor",
        )),
        Err(error) => Err(Failure::new(
            format!("{name}, scheduler {}: {error}", options.scheduler),
            "check that the scheduler runs, and that its address is right",
        )),
    }
}

/// Returns what gives all tasks the same memory.
fn runtimes(bytes: usize, threads: usize, work: &Path) -> Result<RuntimeProducer, Failure> {
    let runtime = memory::runtime(bytes, threads, work);
    let runtime = runtime.map_err(|error| {
        Failure::usage(
            format!("--work {}: {}", work.display(), error.strip_backtrace()),
            "name a folder that can be written",
        )
    })?;
    Ok(Arc::new(move |_| Ok(Arc::clone(&runtime))))
}

/// Checks that the port is free, since Ballista reports that only in its log.
fn check_port(options: &ExecutorOptions) -> Result<(), Failure> {
    let address = SocketAddr::new(options.bind, options.port);
    let listener = TcpListener::bind(address);
    listener.map(drop).map_err(|error| {
        Failure::new(
            format!("executor on {address}: {error}"),
            "name an address of this machine with --bind and a free port with --port",
        )
    })
}

fn external_host(options: &ExecutorOptions) -> String {
    let host = options.host.clone();
    host.unwrap_or_else(|| options.bind.to_string())
}

/// Returns what errors call this executor.
fn name(options: &ExecutorOptions) -> String {
    format!("executor {}:{}", external_host(options), options.port)
}

fn threads(options: &ExecutorOptions) -> usize {
    let cores = available_parallelism().map_or(1, usize::from);
    options.threads.map_or(cores, usize::from)
}

/// Returns the functions of DataFusion and those that rank.
fn functions() -> BallistaFunctionRegistry {
    let mut registry = BallistaFunctionRegistry::default();
    for function in scalar_functions() {
        let name = function.name().to_owned();
        registry.scalar_functions.insert(name, Arc::new(function));
    }
    for function in window_functions() {
        let name = function.name().to_owned();
        registry.window_functions.insert(name, Arc::new(function));
    }
    registry
}

/// The folder for intermediate results.
struct Work {
    path: PathBuf,
    /// Removed at the end.
    _temporary: Option<TemporaryFolder>,
}

impl Work {
    fn new(options: &ExecutorOptions) -> Result<Self, Failure> {
        if let Some(path) = &options.work {
            return Ok(Self {
                path: path.clone(),
                _temporary: None,
            });
        }
        let folder = TemporaryFolder::new(None).map_err(|error| {
            Failure::new(
                format!("no temporary folder: {error}"),
                "name a folder with --work",
            )
        })?;
        Ok(Self {
            path: folder.path().to_owned(),
            _temporary: Some(folder),
        })
    }
}

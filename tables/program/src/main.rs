//! The program `rerank-tables`.

mod address;
mod arguments;
mod checked_jobs;
mod cluster;
mod codec;
mod csv_columns;
mod csv_error;
mod engine;
mod execute;
mod executor;
mod explain;
mod failure;
mod job;
mod json_error;
mod kind;
mod lines;
mod logging;
mod memory;
mod own_executors;
mod plan_error;
mod progress;
mod quotes;
mod register;
mod result_columns;
mod run;
mod scheduler;
mod schema;
mod session;
mod signals;
mod size;
mod staging;
mod stderr;
mod tables;
mod temporary;
mod top;
mod total;
mod utf8;
mod writer;

use std::process::ExitCode;

use clap::Parser as _;
use tokio::runtime::Builder;

use arguments::{Arguments, Command};
use failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Queries have an engine with threads of its own; this thread prints progress and hears signals.
    let mut builder = match &arguments.command {
        Command::Run(_) | Command::Top(_) => Builder::new_current_thread(),
        Command::Scheduler(_) | Command::Executor(_) => Builder::new_multi_thread(),
    };
    let runtime = match builder.enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return Failure::new(format!("no thread can be started: {error}"), "").report();
        }
    };
    let done = runtime.block_on(async {
        match &arguments.command {
            Command::Run(options) => run::run(options).await,
            Command::Top(options) => top::top(options).await,
            Command::Scheduler(options) => scheduler::run(options).await,
            Command::Executor(options) => executor::run(options).await,
        }
    });
    // Scoring that is in progress after a signal is not waited for.
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

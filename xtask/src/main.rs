//! `cargo xtask`: writes generated files, and checks them.

mod bench;
mod cli;
mod command_line;
mod contract;
mod corpus;
mod documents;
mod drift;
mod generate;
mod import;
mod manifest;
mod notices;
mod report;
mod review;
mod tree;
mod vendor;
mod workspace;

use std::io::{self, Write};
use std::process::ExitCode;

use bigmodel_rerank_codegen::Diagnostics;

use crate::cli::Command;

// The generator allocates more than it does anything else: tokens, one at a time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let result = run(cli::parse(), &mut io::stdout().lock());
    match result {
        Ok(code) => code,
        Err(error) => fail(&error),
    }
}

/// Each command reports to `out`, and says by its exit code how it went.
fn run(command: Command, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    match command {
        Command::Generate(args) => generate::run(&args, out),
        Command::Vendor(args) => vendor::run(&args, out),
        Command::Corpus(args) => corpus::run(&args, out),
        Command::CorpusOne(args) => corpus::run_one(&args, out),
        Command::Bench(args) => bench::run(&args),
        Command::Import(args) => import::run(&args, out),
        Command::Review(args) => review::run(&args, out),
    }
}

/// Says on stderr what went wrong. Diagnostics are a report already and stay as they are.
fn fail(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::FAILURE;
    }
    // Nobody is left to tell when stderr is closed too.
    let _ = match error.downcast_ref::<Diagnostics>() {
        Some(report) => writeln!(io::stderr(), "{report}"),
        None => writeln!(io::stderr(), "error: {error:#}"),
    };
    ExitCode::FAILURE
}

/// Whether the reader of our output went away, as `| head` does: nothing to report.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

//! The program `rerank`.

mod arguments;
mod completions;
mod eval;
mod failure;
mod logging;
mod rank;
mod serve;
mod text;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Some(Command::Serve(options)) => serve::serve(options),
        Some(Command::Eval(options)) => eval::eval(options),
        Some(Command::Completions { shell }) => completions::completions(*shell),
        Some(Command::Man) => completions::man(),
        None => rank::rank(&arguments.rank),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

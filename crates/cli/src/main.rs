//! The program `rerank`.

mod arguments;
mod completions;
mod eval;
mod failure;
mod hub;
mod input;
mod json;
mod logging;
mod long_documents;
mod rank;
mod scorer;
mod serve;
mod service;
mod signals;
mod text;

use std::process::ExitCode;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(status) => return status,
    };
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

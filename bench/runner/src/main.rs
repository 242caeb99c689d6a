//! `cargo xtask bench [NAME…]`: measures this project and its peers, and writes RESULTS.md.

mod bulk;
mod callgrind;
mod calling;
mod charts;
mod child;
mod contracts;
mod depending;
mod endpoint;
mod examples;
mod generating;
mod instructions;
mod json;
mod machine;
mod model;
mod options;
mod parts;
mod paths;
mod programs;
mod python;
mod ranking;
mod rebuilding;
mod records;
mod report;
mod review;
mod rows;
mod serve;
mod statistics;
mod tables;
mod texts;

use std::process::ExitCode;

use anyhow::Context as _;
use options::{Options, Task};
use paths::Bench;
use records::Run;

fn main() -> ExitCode {
    let options = match Options::from_command_line() {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("error: {problem}\n\n{}", options::usage());
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> anyhow::Result<ExitCode> {
    let bench = Bench::new(options.quick, options.contracts)?;
    match options.task {
        Task::Help => println!("{}", options::usage()),
        Task::Render => report::write(&bench)?,
        Task::Instructions { accept } => return instructions::compare(&bench, accept),
        Task::Measure(names) => return measure(&bench, &names),
    }
    Ok(ExitCode::SUCCESS)
}

/// Measures these parts, or all. A part that fails is reported, and the others continue.
fn measure(bench: &Bench, names: &[String]) -> anyhow::Result<ExitCode> {
    let mut failed = false;
    for part in parts::ALL
        .iter()
        .filter(|part| names.is_empty() || names.iter().any(|name| name == part.name))
    {
        eprintln!("\n== {}", part.name);
        let mut run = Run::new(part.name, bench)?;
        if let Err(error) = (part.measure)(bench, &mut run) {
            eprintln!("{}: {error:#}", part.name);
            failed = true;
            continue;
        }
        run.store(bench).context("cannot store the measurements")?;
        report::write(bench)?;
        eprintln!(
            "  wrote {}",
            bench.results_folder().join("RESULTS.md").display()
        );
    }
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

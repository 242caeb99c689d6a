//! `cargo xtask bench`: the runner in bench/, which is outside the workspace with all its peers.

use std::process::{Command, ExitCode};

use anyhow::Context;

use crate::cli::BenchArgs;
use crate::workspace;

/// The runner's manifest, from the workspace root.
const RUNNER: &str = "bench/runner/Cargo.toml";

/// Builds the runner and hands it everything; its exit code is ours.
pub(crate) fn run(args: &BenchArgs) -> anyhow::Result<ExitCode> {
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--release", "--locked", "--manifest-path"])
        .arg(workspace::root().join(RUNNER))
        .arg("--")
        .args(&args.arguments)
        .status()
        .context("cannot run cargo")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

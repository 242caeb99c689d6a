//! `cargo check` of generated crates: whether they compile, with how many warnings, and how long.

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::Context as _;
use serde_json::Value;

use crate::child::measured;
use crate::paths::Bench;
use crate::programs::cargo;

/// What the compiler reports about a crate.
pub(super) struct Diagnostics {
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// Checks a crate, after its dependencies, which all crates share, and counts diagnostics.
pub(super) fn diagnostics(bench: &Bench, folder: &Path) -> anyhow::Result<Diagnostics> {
    let mut command = check(bench, folder);
    command.arg("--message-format=json");
    let output = command.output().context("cannot run cargo")?;
    let lines = output.stdout.split(|byte| *byte == b'\n');
    let messages: Vec<Value> = lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    let count = |level: &str| {
        let is_counted = |one: &&Value| is_about_crate(one, folder, level);
        messages.iter().filter(is_counted).count()
    };
    // A failure without a diagnostic is one of Cargo, such as a missing dependency.
    let least = usize::from(!output.status.success());
    Ok(Diagnostics {
        errors: count("error").max(least),
        warnings: count("warning"),
    })
}

/// Returns whether a message is a diagnostic about a place in the crate, not a summary.
fn is_about_crate(message: &Value, folder: &Path, level: &str) -> bool {
    let spans = message["message"]["spans"].as_array();
    message["reason"] == "compiler-message"
        && message["message"]["level"] == level
        && spans.is_some_and(|spans| !spans.is_empty())
        && message["manifest_path"]
            .as_str()
            .is_some_and(|path| Path::new(path).starts_with(folder))
}

/// Checks a crate again whose dependencies have been checked, and returns wall and CPU seconds.
pub(super) fn seconds(bench: &Bench, folder: &Path) -> anyhow::Result<(f64, f64)> {
    let root = File::options()
        .append(true)
        .open(folder.join("src/lib.rs"))?;
    root.set_modified(SystemTime::now())?;
    let found = measured(check(bench, folder).args(["--quiet", "--offline"]))?;
    Ok((found.seconds, found.cpu_seconds))
}

fn check(bench: &Bench, folder: &Path) -> Command {
    let mut command = cargo();
    command.arg("check").current_dir(folder);
    command.env("CARGO_TARGET_DIR", bench.work("check-target"));
    // Reuses nothing of the crate itself.
    command.env("CARGO_INCREMENTAL", "0");
    command
}

//! How many instructions a program takes, counted by valgrind: the same on every machine of a
//! kind, and untroubled by what else runs.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use crate::child;

/// Whether valgrind is here, or what to do about it.
pub(crate) fn version() -> anyhow::Result<String> {
    let found = child::text(Command::new("valgrind").arg("--version"));
    found.context("valgrind is missing: `apt-get install valgrind`; instructions are not counted")
}

/// The instructions of a whole run.
pub(crate) fn instructions(program: &Path, arguments: &[String]) -> anyhow::Result<f64> {
    let (_, errors) = child::outputs(
        Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args(arguments)
            .env("RAYON_NUM_THREADS", "1")
            .env("PYTHONHASHSEED", "0")
            .env_remove("GLIBC_TUNABLES"),
    )?;
    let mut lines = errors.lines();
    let count = lines.find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    count.context("valgrind told no count")
}

/// The instructions of one of `count` repetitions: what a longer run takes more than a shorter
/// one, so that starting and stopping do not count.
pub(crate) fn of_each(
    program: &Path,
    count: usize,
    arguments: impl Fn(usize) -> Vec<String>,
) -> anyhow::Result<f64> {
    let short = instructions(program, &arguments(count))?;
    let long = instructions(program, &arguments(2 * count))?;
    Ok((long - short) / count as f64)
}

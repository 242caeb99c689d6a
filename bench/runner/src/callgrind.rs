//! Counts a program's instructions with valgrind. The count is the same on machines of the same
//! kind, and is independent of other load.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use crate::child;

/// Returns the version of valgrind, or an error that says how to install it.
pub(crate) fn version() -> anyhow::Result<String> {
    let found = child::text(Command::new("valgrind").arg("--version"));
    found.context("valgrind is missing: `apt-get install valgrind`; instructions are not counted")
}

/// Returns the instructions of a whole run.
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
    count.context("valgrind printed no instruction count")
}

/// Returns the instructions of one iteration, as the difference of two runs with `count` and twice
/// as many iterations, so that start and exit do not count.
pub(crate) fn instructions_per_iteration(
    program: &Path,
    count: usize,
    arguments: impl Fn(usize) -> Vec<String>,
) -> anyhow::Result<f64> {
    let short = instructions(program, &arguments(count))?;
    let long = instructions(program, &arguments(2 * count))?;
    Ok((long - short) / count as f64)
}

//! Whether a generated crate compiles without a warning.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::Context;

/// The most characters of a compiler's report that are kept.
const MOST: usize = 4000;

/// What the compiler said about a crate.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub(super) passed: bool,
    pub(super) seconds: f64,
    /// The report of a crate that failed.
    pub(super) report: String,
}

/// Makes a crate the root of a workspace, so that it is not taken for a member of another one.
pub(super) fn stand_alone(dir: &Path) -> anyhow::Result<()> {
    let manifest = dir.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)
        .with_context(|| format!("cannot read {}", manifest.display()))?;
    if !text.contains("[workspace]") {
        fs::write(&manifest, format!("{text}\n[workspace]\n"))
            .with_context(|| format!("cannot write {}", manifest.display()))?;
    }
    Ok(())
}

/// Checks a crate, with warnings as errors; `lint` adds clippy, also of the types alone, and rustdoc.
/// All crates share what their dependencies are compiled to.
pub(super) fn check(dir: &Path, folder: &Path, lint: bool) -> anyhow::Result<Check> {
    stand_alone(dir)?;
    let begin = Instant::now();
    let commands: &[&[&str]] = if lint {
        &[
            &[
                "clippy",
                "--quiet",
                "--all-targets",
                "--",
                "--deny",
                "warnings",
            ],
            &[
                "clippy",
                "--quiet",
                "--no-default-features",
                "--",
                "--deny",
                "warnings",
            ],
            &["doc", "--quiet", "--no-deps"],
        ]
    } else {
        &[&["check", "--quiet"]]
    };
    for arguments in commands {
        let mut command = Command::new("cargo");
        command
            .args(*arguments)
            .current_dir(dir)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("RUSTDOCFLAGS", "--deny warnings");
        if !lint {
            command.env("RUSTFLAGS", "--deny warnings");
        }
        let output = command.output().context("cannot run cargo")?;
        if !output.status.success() {
            let report = String::from_utf8_lossy(&output.stderr);
            return Ok(Check {
                passed: false,
                seconds: begin.elapsed().as_secs_f64(),
                report: report.chars().take(MOST).collect(),
            });
        }
    }
    Ok(Check {
        passed: true,
        seconds: begin.elapsed().as_secs_f64(),
        report: String::new(),
    })
}

//! Runs cargo-semver-checks on the two crates, if it is installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use bigmodel_rerank_codegen::Generated;
use bigmodel_rerank_review::{Bump, SemverChecks};

use super::contracts::WithCode;

/// Runs it, if both contracts generate a crate.
pub(super) fn run(old: &WithCode, new: &WithCode) -> anyhow::Result<SemverChecks> {
    let (Some(old), Some(new)) = (old.generated(), new.generated()) else {
        return Ok(SemverChecks::default());
    };
    if old.files == new.files || !is_installed() {
        return Ok(SemverChecks::default());
    }
    let folder = tempfile::tempdir().context("cannot create a folder for the crates to compare")?;
    let (before, after) = (folder.path().join("old"), folder.path().join("new"));
    write(old, &before)?;
    write(new, &after)?;
    let done = Command::new("cargo")
        .args(["semver-checks", "--color", "never", "--manifest-path"])
        .arg(after.join("Cargo.toml"))
        .arg("--baseline-root")
        .arg(&before)
        .output()
        .context("cannot run cargo-semver-checks")?;
    let output = [done.stdout, done.stderr].concat();
    let output = String::from_utf8_lossy(&output).replace(&folder.path().display().to_string(), "");
    Ok(SemverChecks {
        installed: true,
        required: required(&output),
        text: without_progress(&output),
    })
}

fn is_installed() -> bool {
    let asked = Command::new("cargo")
        .args(["semver-checks", "--version"])
        .output();
    asked.is_ok_and(|asked| asked.status.success())
}

fn write(generated: &Generated, folder: &Path) -> anyhow::Result<()> {
    for (path, text) in &generated.files {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&file, text)
            .with_context(|| format!("cannot write {path} for the comparison"))?;
    }
    Ok(())
}

/// Returns the output without lines about progress.
fn without_progress(output: &str) -> String {
    const PROGRESS: [&str; 6] = [
        "Building", "Built", "Parsing", "Parsed", "Checking", "Finished",
    ];
    let is_progress = |line: &&str| {
        let first = line.split_whitespace().next();
        first.is_some_and(|word| PROGRESS.contains(&word))
    };
    let lines = output.lines().filter(|line| !is_progress(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Returns the bump in the summary of the output.
fn required(output: &str) -> Option<Bump> {
    let requires = |bump: &str| output.contains(&format!("semver requires new {bump} version"));
    if requires("major") {
        Some(Bump::Major)
    } else if requires("minor") {
        Some(Bump::Minor)
    } else if output.contains("no semver update required") {
        Some(Bump::None)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Bump, required, without_progress};

    #[test]
    fn results_are_kept_and_progress_is_not() {
        let output = "    Building a v0.1.0 (current)\n       Built [   9.9s] (current)\n\
            \x20    Checked [   0.1s] 2 checks: 1 pass, 1 fail\n\n--- failure f: gone ---\n\
            Failed in:\n  Building::new\n     Summary semver requires new major version\n\
            \x20   Finished [  11.1s] a\n";
        let kept = without_progress(output);
        assert_eq!(
            kept,
            "     Checked [   0.1s] 2 checks: 1 pass, 1 fail\n\n--- failure f: gone ---\n\
             Failed in:\n  Building::new\n     Summary semver requires new major version\n"
        );
    }

    #[test]
    fn the_bump_is_read_from_the_summary() {
        for (output, bump) in [
            (
                "Summary semver requires new major version: 1 major and 0 minor checks failed",
                Some(Bump::Major),
            ),
            (
                "Summary semver requires new minor version: 0 major and 1 minor checks failed",
                Some(Bump::Minor),
            ),
            ("Summary no semver update required", Some(Bump::None)),
            ("error: failed to build", None),
        ] {
            assert_eq!(required(output), bump, "{output}");
        }
    }
}

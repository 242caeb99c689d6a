//! What cargo-semver-checks says of the two crates, where it is installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use bigmodel_rerank_codegen::Generated;
use bigmodel_rerank_review::{Bump, SemverChecks};

use super::sides::Compared;

/// Asks it, if both contracts give a crate.
pub(super) fn ask(old: &Compared, new: &Compared) -> anyhow::Result<SemverChecks> {
    let (Some(old), Some(new)) = (old.generated(), new.generated()) else {
        return Ok(SemverChecks::default());
    };
    if old.files == new.files || !is_installed() {
        return Ok(SemverChecks::default());
    }
    let folder = tempfile::tempdir().context("no folder for the crates to compare")?;
    let (before, after) = (folder.path().join("old"), folder.path().join("new"));
    lay(old, &before)?;
    lay(new, &after)?;
    let done = Command::new("cargo")
        .args(["semver-checks", "--color", "never", "--manifest-path"])
        .arg(after.join("Cargo.toml"))
        .arg("--baseline-root")
        .arg(&before)
        .output()
        .context("cannot run cargo-semver-checks")?;
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&said).replace(&folder.path().display().to_string(), "");
    Ok(SemverChecks {
        installed: true,
        required: required(&said),
        text: findings(&said),
    })
}

fn is_installed() -> bool {
    let asked = Command::new("cargo")
        .args(["semver-checks", "--version"])
        .output();
    asked.is_ok_and(|asked| asked.status.success())
}

fn lay(generated: &Generated, folder: &Path) -> anyhow::Result<()> {
    for (path, text) in &generated.files {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&file, text).with_context(|| format!("cannot write {path} to compare it"))?;
    }
    Ok(())
}

/// What it found, without how it went about it.
fn findings(said: &str) -> String {
    const PROGRESS: [&str; 6] = [
        "Building", "Built", "Parsing", "Parsed", "Checking", "Finished",
    ];
    let is_progress = |line: &&str| {
        let first = line.split_whitespace().next();
        first.is_some_and(|word| PROGRESS.contains(&word))
    };
    let lines = said.lines().filter(|line| !is_progress(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// The step that its last line names.
fn required(said: &str) -> Option<Bump> {
    let names = |step: &str| said.contains(&format!("semver requires new {step} version"));
    if names("major") {
        Some(Bump::Major)
    } else if names("minor") {
        Some(Bump::Minor)
    } else if said.contains("no semver update required") {
        Some(Bump::None)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Bump, findings, required};

    #[test]
    fn findings_are_kept_and_progress_is_not() {
        let said = "    Building a v0.1.0 (current)\n       Built [   9.9s] (current)\n\
            \x20    Checked [   0.1s] 2 checks: 1 pass, 1 fail\n\n--- failure f: gone ---\n\
            Failed in:\n  Building::new\n     Summary semver requires new major version\n\
            \x20   Finished [  11.1s] a\n";
        let kept = findings(said);
        assert_eq!(
            kept,
            "     Checked [   0.1s] 2 checks: 1 pass, 1 fail\n\n--- failure f: gone ---\n\
             Failed in:\n  Building::new\n     Summary semver requires new major version\n"
        );
    }

    #[test]
    fn the_step_is_read_from_its_summary() {
        for (said, step) in [
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
            assert_eq!(required(said), step, "{said}");
        }
    }
}

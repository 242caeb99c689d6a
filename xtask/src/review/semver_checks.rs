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
        text: said,
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
    use super::{Bump, required};

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

//! Contenders in Python: an environment of their own, from requirements with exact versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::child;
use crate::places::Bench;

/// The interpreter of an environment that has what `bench/FOLDER/requirements.txt` lists.
pub(crate) fn interpreter(bench: &Bench, folder: &str) -> anyhow::Result<PathBuf> {
    let requirements = bench.folder.join(folder).join("requirements.txt");
    let wanted = fs::read_to_string(&requirements)?;
    let place = bench.work(&format!("python-{}", folder.replace('/', "-")));
    let python = place.join("bin/python");
    let stamp = place.join("requirements.txt");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    eprintln!("  installing {folder}");
    child::text(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&place),
    )
    .context("a Python environment: `apt-get install python3-venv`")?;
    install(&python, &requirements)?;
    fs::write(stamp, wanted)?;
    Ok(python)
}

fn install(python: &Path, requirements: &Path) -> anyhow::Result<()> {
    let mut pip = Command::new(python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
    ]);
    child::text(pip.arg("--requirement").arg(requirements))?;
    Ok(())
}

/// A package's version, as its requirements have it.
pub(crate) fn version(bench: &Bench, folder: &str, package: &str) -> String {
    let path = bench.folder.join(folder).join("requirements.txt");
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut lines = text.lines();
    let version = lines.find_map(|line| line.strip_prefix(package)?.strip_prefix("=="));
    version.unwrap_or("unknown").to_owned()
}

pub(crate) fn python_version() -> String {
    let version = child::text(Command::new("python3").arg("--version"));
    version.map_or("unknown".to_owned(), |text| text.replace("Python ", ""))
}

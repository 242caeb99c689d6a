//! Python contenders: a virtual environment each, from requirements with exact versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::child;
use crate::paths::Bench;

/// Returns the interpreter of an environment with `bench/FOLDER/requirements.txt` installed.
pub(crate) fn interpreter(bench: &Bench, folder: &str) -> anyhow::Result<PathBuf> {
    let requirements = bench.folder.join(folder).join("requirements.txt");
    let expected = fs::read_to_string(&requirements)?;
    let environment = bench.work(&format!("python-{}", folder.replace('/', "-")));
    let python = environment.join("bin/python");
    let stamp = environment.join("requirements.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == expected) {
        return Ok(python);
    }
    eprintln!("  installing {folder}");
    child::text(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&environment),
    )
    .context("cannot create a Python environment: `apt-get install python3-venv`")?;
    install(&python, &requirements)?;
    fs::write(stamp, expected)?;
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

/// Returns a package's version from the requirements.
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

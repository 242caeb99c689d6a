//! Rust contenders: each is built alone, so that Cargo does not unify their features.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::thread;

use crate::child;
use crate::paths::Bench;

/// Aligns code to 64 bytes where nothing falls through to it. Without this, two programs with the
/// same instructions may differ by a fifth in time.
const ALIGNED: &str = "-C llvm-args=-align-all-nofallthru-blocks=6";

/// Builds the package in `bench/PATH` with aligned code, and returns the path of the program.
pub(crate) fn build(bench: &Bench, path: &str, program: &str) -> anyhow::Result<PathBuf> {
    eprintln!("  building {path}");
    build_manifest(
        bench,
        &bench.folder.join(path).join("Cargo.toml"),
        &[],
        program,
    )
}

/// Builds a package of the workspace with aligned code.
pub(crate) fn build_member(bench: &Bench, package: &str, program: &str) -> anyhow::Result<PathBuf> {
    eprintln!("  building {package}");
    build_manifest(
        bench,
        &bench.root.join("Cargo.toml"),
        &["--package", package],
        program,
    )
}

/// Builds what a manifest describes with aligned code, and returns the path of the program.
pub(crate) fn build_manifest(
    bench: &Bench,
    manifest: &Path,
    arguments: &[&str],
    program: &str,
) -> anyhow::Result<PathBuf> {
    let target = bench.target.join("aligned");
    child::text(
        cargo()
            .args(["build", "--release", "--locked", "--quiet"])
            .args(arguments)
            .arg("--manifest-path")
            .arg(manifest)
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTFLAGS", ALIGNED),
    )?;
    Ok(target.join("release").join(program))
}

/// Installs a program from the registry in a folder of its own, with the lock file of its authors,
/// and returns the path of the program.
pub(crate) fn install(bench: &Bench, package: &str, version: &str) -> anyhow::Result<PathBuf> {
    let root = bench.work(&format!("{package}-{version}"));
    let program = root.join("bin").join(package);
    if program.exists() {
        return Ok(program);
    }
    eprintln!("  installing {package} {version}");
    let target = bench.empty_folder("install-target")?;
    let mut install = cargo();
    install.args([
        "install",
        "--quiet",
        "--locked",
        "--version",
        version,
        package,
    ]);
    install.arg("--root").arg(&root);
    child::text(install.env("CARGO_TARGET_DIR", &target))?;
    fs::remove_dir_all(target)?;
    Ok(program)
}

/// Returns a Cargo command without the environment variables that the outer Cargo has set.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new("cargo");
    for name in [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
    ] {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PROFILE_")
            || text.starts_with("CARGO_PKG_")
            || text == "CARGO_MANIFEST_DIR"
        {
            command.env_remove(&name);
        }
    }
    command
}

/// Returns a command that runs the program on one core, so that it does not compete with its peer.
pub(crate) fn on_core(core: usize, program: impl AsRef<std::ffi::OsStr>) -> Command {
    if cores() < 2 || !has_taskset() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command
        .arg("--cpu-list")
        .arg((core % cores()).to_string())
        .arg(program);
    command
}

pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

pub(crate) fn has_taskset() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| child::text(Command::new("taskset").arg("--version")).is_ok())
}

//! The generators: how each is installed and run, and how its output becomes a crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::child;
use crate::paths::Bench;
use crate::programs::{build, install};
use crate::python;
use crate::records::Run;

pub(crate) const OURS: &str = "ours";
pub(super) const PROGENITOR: &str = "cargo-progenitor";
pub(crate) const OPENAPI_TO_RUST: &str = "openapi-to-rust";
pub(crate) const OAS3_GEN: &str = "oas3-gen";
pub(super) const OPENAPI: &str = "openapi-generator";
const PYTHON: &str = "generating/python";
/// The name of each generated crate.
pub(crate) const CRATE: &str = "made-up-api";

/// Generators in the Rust registry, with their versions.
pub(crate) const INSTALLED: [(&str, &str); 3] = [
    (PROGENITOR, "0.15.1"),
    (OPENAPI_TO_RUST, "0.23.0"),
    (OAS3_GEN, "0.29.0"),
];

/// A generator.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// The program, or the jar of openapi-generator.
    pub(crate) program: PathBuf,
}

/// Returns the available generators; the others are remarked on.
pub(super) fn all(bench: &Bench, run: &mut Run) -> anyhow::Result<Vec<Contender>> {
    let ours = build(bench, "generating/ours", "generating-ours")?;
    let mut contenders = vec![Contender {
        name: OURS,
        program: ours,
    }];
    for (name, version) in INSTALLED {
        let program = install(bench, name, version);
        add(&mut contenders, run, name, version.to_owned(), program);
    }
    let version = python::version(bench, PYTHON, "openapi-generator-cli");
    let jar = openapi_generator(bench);
    add(&mut contenders, run, OPENAPI, version, jar);
    Ok(contenders)
}

fn add(
    contenders: &mut Vec<Contender>,
    run: &mut Run,
    name: &'static str,
    version: String,
    program: anyhow::Result<PathBuf>,
) {
    match program {
        Ok(program) => {
            run.versions.insert(name.to_owned(), version);
            contenders.push(Contender { name, program });
        }
        Err(error) => run.remark(format!("{name} was skipped: {error:#}")),
    }
}

impl Contender {
    /// Returns the folder for its output, after which oas3-gen names the crate.
    pub(crate) fn folder(&self) -> String {
        format!("made-by-{}/{CRATE}", self.name)
    }

    /// Returns the command that generates a client crate in its default settings. Only our
    /// generator takes the overlay.
    pub(crate) fn command(&self, contract: &Path, overlay: Option<&Path>, out: &Path) -> Command {
        let mut command = Command::new(&self.program);
        match self.name {
            OURS => {
                command.args(["generate", CRATE]).arg(out);
                command.arg(contract).args(overlay);
            }
            PROGENITOR => {
                command.args(["progenitor", "--name", CRATE, "--version", "0.1.0"]);
                command.arg("--input").arg(contract);
                command.arg("--output").arg(out);
            }
            OPENAPI_TO_RUST => {
                command.arg("generate").arg(contract);
                command.arg("--output-dir").arg(out.join("src/generated"));
            }
            OAS3_GEN => {
                command.args(["generate", "client-mod", "--workspace", "--input"]);
                command.arg(contract).arg("--output").arg(out);
            }
            _ => command = openapi_command(&self.program, contract, out),
        }
        command
    }

    /// Makes the output a crate of its own: openapi-to-rust writes a module and the list of its
    /// dependencies, and no crate may be taken for a member of this workspace.
    pub(crate) fn complete(&self, out: &Path) -> anyhow::Result<()> {
        let path = out.join("Cargo.toml");
        let mut manifest = if self.name == OPENAPI_TO_RUST {
            fs::write(out.join("src/lib.rs"), "pub mod generated;\n")?;
            let dependencies = fs::read_to_string(out.join("src/generated/REQUIRED_DEPS.toml"))?;
            format!(
                "[package]\nname = \"{CRATE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 {dependencies}"
            )
        } else {
            fs::read_to_string(&path)?
        };
        if !manifest.contains("[workspace]") {
            manifest += "\n[workspace]\n";
        }
        Ok(fs::write(path, manifest)?)
    }
}

/// Returns the jar of openapi-generator, which is in its PyPI package.
pub(crate) fn openapi_generator(bench: &Bench) -> anyhow::Result<PathBuf> {
    child::text(Command::new("java").arg("-version"))
        .context("Java is missing: `apt-get install default-jre-headless`")?;
    let python = python::interpreter(bench, PYTHON)?;
    let script = "import openapi_generator_cli as it; print(it.__path__[0])";
    let folder = child::text(Command::new(python).args(["-c", script]))?;
    Ok(Path::new(&folder).join("openapi-generator.jar"))
}

/// Returns the command that generates a crate with openapi-generator.
pub(crate) fn openapi_command(jar: &Path, contract: &Path, out: &Path) -> Command {
    let mut command = Command::new("java");
    command
        .arg("-jar")
        .arg(jar)
        .args(["generate", "--generator-name", "rust"]);
    command.args(["--package-name", CRATE]);
    command
        .arg("--input-spec")
        .arg(contract)
        .arg("--output")
        .arg(out);
    command
}

//! `generating`: from contract to crate with three generators.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::charts::{Bars, bars};
use crate::child::{self, measured};
use crate::contracts::contract;
use crate::paths::Bench;
use crate::programs::{build, cargo};
use crate::python;
use crate::records::Run;
use crate::report::Section;
use crate::tables::{Table, number, ratio};

const ROUNDS: usize = 7;
const SIZES: [usize; 2] = [50, 500];
const OURS: &str = "ours";
const PROGENITOR: &str = "cargo-progenitor";
const PROGENITOR_VERSION: &str = "0.15.1";
const OPENAPI: &str = "openapi-generator";
const PYTHON: &str = "generating/python";
const THIS: &str = "this contract";
const PUBLISHED: &str = "this contract, as published";

/// A contract, and an overlay that only our generator reads.
struct Case {
    name: String,
    contract: PathBuf,
    overlay: Option<PathBuf>,
}

struct Tools {
    ours: PathBuf,
    progenitor: Option<PathBuf>,
    openapi: Option<PathBuf>,
}

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let tools = tools(bench, run)?;
    let cases = cases(bench, &tools.ours)?;
    for case in &cases {
        eprintln!("  {}", case.name);
        for _ in 0..bench.rounds(ROUNDS) {
            for (who, mut command) in commands(bench, &tools, case)? {
                match measured(&mut command) {
                    Ok(found) => {
                        run.add(&case.name, who, "ms", found.seconds * 1e3);
                        run.add(&case.name, who, "peak MiB", found.peak_mib);
                    }
                    Err(error) => {
                        run.remark(format!("{who} fails on {}: {error:#}", case.name));
                    }
                }
            }
        }
    }
    Ok(())
}

fn tools(bench: &Bench, run: &mut Run) -> anyhow::Result<Tools> {
    let ours = build(bench, "generating/ours", "generating-ours")?;
    let mut or_remark = |name: &str, found: anyhow::Result<PathBuf>| match found {
        Ok(path) => Some(path),
        Err(error) => {
            run.remark(format!("{name} was skipped: {error:#}"));
            None
        }
    };
    let progenitor = or_remark(PROGENITOR, progenitor(bench));
    let openapi = or_remark(OPENAPI, openapi_generator(bench));
    if progenitor.is_some() {
        run.versions
            .insert(PROGENITOR.to_owned(), PROGENITOR_VERSION.to_owned());
    }
    if openapi.is_some() {
        let version = python::version(bench, PYTHON, "openapi-generator-cli");
        run.versions.insert(OPENAPI.to_owned(), version);
    }
    Ok(Tools {
        ours,
        progenitor,
        openapi,
    })
}

/// Installs cargo-progenitor in a folder of its own.
fn progenitor(bench: &Bench) -> anyhow::Result<PathBuf> {
    let root = bench.work("cargo-progenitor");
    let program = root.join("bin/cargo-progenitor");
    if !program.exists() {
        eprintln!("  installing {PROGENITOR}");
        let target = bench.empty_folder("cargo-progenitor-target")?;
        let mut install = cargo();
        install.args([
            "install",
            "--quiet",
            "--locked",
            "--version",
            PROGENITOR_VERSION,
            PROGENITOR,
        ]);
        child::text(
            install
                .arg("--root")
                .arg(&root)
                .env("CARGO_TARGET_DIR", &target),
        )?;
        fs::remove_dir_all(target)?;
    }
    Ok(program)
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
    command.args(["--package-name", "made-up-api"]);
    command
        .arg("--input-spec")
        .arg(contract)
        .arg("--output")
        .arg(out);
    command
}

/// Returns this contract, prepared for other generators; the published one; and synthetic ones.
fn cases(bench: &Bench, ours: &Path) -> anyhow::Result<Vec<Case>> {
    let spec = bench.root.join("spec/rerank.yaml");
    let overlay = bench.root.join("spec/overlay.yaml");
    let prepared = prepared(bench, ours)?;
    let mut cases = vec![
        Case {
            name: THIS.to_owned(),
            contract: prepared,
            overlay: None,
        },
        Case {
            name: PUBLISHED.to_owned(),
            contract: spec,
            overlay: Some(overlay),
        },
    ];
    for size in SIZES {
        let path = bench.work(&format!("made-up-{size}.yaml"));
        fs::write(&path, contract(size))?;
        cases.push(Case {
            name: format!("{size} operations"),
            contract: path,
            overlay: None,
        });
    }
    Ok(cases)
}

/// Writes this contract with the manual changes that other generators need.
pub(crate) fn prepared(bench: &Bench, ours: &Path) -> anyhow::Result<PathBuf> {
    let path = bench.work("prepared.json");
    let spec = bench.root.join("spec");
    let mut command = Command::new(ours);
    command
        .arg("prepare")
        .arg(&path)
        .args([spec.join("rerank.yaml"), spec.join("overlay.yaml")]);
    child::text(&mut command)?;
    Ok(path)
}

/// Returns a command for each available generator, each with an empty folder.
fn commands(
    bench: &Bench,
    tools: &Tools,
    case: &Case,
) -> anyhow::Result<Vec<(&'static str, Command)>> {
    let mut commands = Vec::new();
    let mut ours = Command::new(&tools.ours);
    ours.args(["generate", "made-up-api"])
        .arg(bench.empty_folder("made-by-ours")?);
    ours.arg(&case.contract).args(&case.overlay);
    commands.push((OURS, ours));
    if let Some(program) = &tools.progenitor {
        let out = bench.empty_folder("made-by-progenitor")?;
        let mut command = Command::new(program);
        command.args(["progenitor", "--name", "made-up-api", "--version", "0.1.0"]);
        command
            .arg("--input")
            .arg(&case.contract)
            .arg("--output")
            .arg(out);
        commands.push((PROGENITOR, command));
    }
    if let Some(jar) = &tools.openapi {
        let out = bench.empty_folder("made-by-openapi")?;
        commands.push((OPENAPI, openapi_command(jar, &case.contract, &out)));
    }
    Ok(commands)
}

pub(crate) fn report(run: &Run) -> Section {
    let mut text = "\
Time from input files to output files, including checks and formatting if a generator has them.
*This contract* is the corrected contract with an operation id and without the second response type.
Our generator also reads it as published, with its overlay. Each run includes the start of Java, as
on the command line.
"
    .to_owned();
    for metric in ["ms", "peak MiB"] {
        let table = Table {
            metric,
            of: "contract",
            base: Some(PROGENITOR),
            spread: metric == "ms",
        };
        text += &format!(
            "\n### {metric}\n\n{}",
            table.render(run, &run.cases(metric))
        );
    }
    text += "\n### Growth\n\nFrom 50 to 500 operations:\n\n";
    for who in run.contenders("ms") {
        let of = |size| run.median(&format!("{size} operations"), who, "ms");
        if let (Some(small), Some(large)) = (of(50), of(500)) {
            let each = (large - small) / 450.0;
            text += &format!(
                "- {who}: ×{} time, {} ms per additional operation\n",
                ratio(large / small),
                number(each)
            );
        }
    }
    let rows = run.cases("ms").into_iter().flat_map(|case| {
        let row = move |who: &str| Some((format!("{who}, {case}"), run.median(case, who, "ms")?));
        run.contenders("ms").into_iter().filter_map(row)
    });
    let chart = bars(&Bars {
        title: "From contract to crate",
        axis: "milliseconds; less is better",
        rows: &rows.collect::<Vec<_>>(),
    });
    Section {
        title: "Generating",
        text,
        charts: vec![("generating", chart)],
    }
}

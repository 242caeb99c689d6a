//! `depending`: build time and binary size of a program, by dependency.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::charts::{Bars, bars};
use crate::paths::Bench;
use crate::programs::{build, cargo};
use crate::records::Run;
use crate::report::Section;
use crate::tables::Table;
use crate::{child, generating};

const ROUNDS: usize = 2;
const CASE: &str = "minimal program";
const BASE: &str = "zai-rs";
const OPENAPI: &str = "openapi-generator";

/// Name and folder of each program.
const PROGRAMS: [(&str, &str); 7] = [
    ("vendored, types only", "types"),
    ("vendored", "vendored"),
    ("client", "client"),
    ("reqwest", "reqwest"),
    (BASE, "zai-rs"),
    ("lmkit", "lmkit"),
    (OPENAPI, "openapi"),
];

pub(crate) fn measure(bench: &Bench, run: &mut Run) -> anyhow::Result<()> {
    let mut programs = Vec::new();
    for (name, folder) in PROGRAMS {
        match manifest(bench, name, folder) {
            Ok(manifest) => programs.push((name, folder, manifest)),
            Err(error) => run.remark(format!("{name} was skipped: {error:#}")),
        }
    }
    for round in 0..bench.rounds(ROUNDS) {
        let count = programs.len();
        for index in 0..count {
            let (name, folder, manifest) = &programs[(index + round) % count];
            eprintln!("  building {name}");
            if let Err(error) = one(bench, run, name, folder, manifest) {
                run.remark(format!("{name} was skipped: {error:#}"));
            }
        }
    }
    Ok(())
}

/// Returns the manifest of a program. The one for openapi-generator is copied next to its output.
fn manifest(bench: &Bench, name: &str, folder: &str) -> anyhow::Result<PathBuf> {
    let from = bench.folder.join("depending").join(folder);
    let manifest = if name == OPENAPI {
        let ours = build(bench, "generating/ours", "generating-ours")?;
        let contract = generating::prepared(bench, &ours)?;
        let jar = generating::openapi_generator(bench)?;
        let both = bench.empty_folder("depending-openapi")?;
        let out = both.join("made-by-openapi");
        child::text(&mut generating::openapi_command(&jar, &contract, &out))?;
        let program = both.join("program");
        fs::create_dir_all(program.join("src"))?;
        for file in ["Cargo.toml", "Cargo.lock", "src/main.rs"] {
            fs::copy(from.join(file), program.join(file))?;
        }
        program.join("Cargo.toml")
    } else {
        from.join("Cargo.toml")
    };
    // Downloads do not count as build time.
    child::text(
        cargo()
            .args(["fetch", "--quiet", "--locked", "--manifest-path"])
            .arg(&manifest),
    )?;
    Ok(manifest)
}

fn one(
    bench: &Bench,
    run: &mut Run,
    name: &str,
    folder: &str,
    manifest: &Path,
) -> anyhow::Result<()> {
    let target = bench.empty_folder("depending")?;
    let start = Instant::now();
    let mut build = cargo();
    build.args([
        "build",
        "--release",
        "--quiet",
        "--locked",
        "--offline",
        "--manifest-path",
    ]);
    child::text(build.arg(manifest).env("CARGO_TARGET_DIR", &target))?;
    run.add(CASE, name, "build s", start.elapsed().as_secs_f64());
    let program = target.join("release").join(format!("depending-{folder}"));
    run.add(
        CASE,
        name,
        "size MB",
        fs::metadata(program)?.len() as f64 / 1e6,
    );
    run.add(CASE, name, "crates", crates(manifest, "normal")?);
    run.add(
        CASE,
        name,
        "crates with build dependencies",
        crates(manifest, "normal,build")?,
    );
    fs::remove_dir_all(target)?;
    Ok(())
}

/// Returns the number of packages in the program's dependency tree on this platform.
fn crates(manifest: &Path, edges: &str) -> anyhow::Result<f64> {
    let mut tree = cargo();
    tree.args([
        "tree",
        "--locked",
        "--offline",
        "--prefix=none",
        "--format={p}",
    ]);
    let text = child::text(
        tree.args(["--edges", edges, "--manifest-path"])
            .arg(manifest),
    )?;
    let names: BTreeSet<_> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    let names: BTreeSet<_> = names
        .iter()
        .map(|line| line.trim_end_matches(" (proc-macro)"))
        .collect();
    Ok(names.len() as f64 - 1.0)
}

pub(crate) fn report(run: &Run) -> Section {
    let mut text = "\
A program that ranks two texts (with the types only: that validates and serializes a request), built
from scratch in release mode, without network access, and stripped. `reqwest` has default features
and hand-written types. `lmkit` has only the features for reranking. `openapi-generator` is its
output for this contract after the manual changes listed under Generating.
"
    .to_owned();
    for (title, metric) in [
        ("Clean build, seconds", "build s"),
        ("Crates in the tree", "crates"),
        (
            "Crates in the tree, with build dependencies",
            "crates with build dependencies",
        ),
        ("Binary size, MB", "size MB"),
    ] {
        let spread = metric == "build s";
        let table = Table {
            metric,
            of: "",
            base: Some(BASE),
            spread,
        };
        text += &format!("\n### {title}\n\n{}", table.render(run, &[CASE]));
    }
    let chart = |title, metric, axis| {
        let rows = run.contenders(metric).into_iter();
        let rows = rows.filter_map(|one| Some((one.to_owned(), run.median(CASE, one, metric)?)));
        bars(&Bars {
            title,
            axis,
            rows: &rows.collect::<Vec<_>>(),
        })
    };
    let charts = vec![
        (
            "depending-build",
            chart(
                "Clean build of a minimal program",
                "build s",
                "seconds; less is better",
            ),
        ),
        (
            "depending-size",
            chart(
                "Size of a minimal program, stripped",
                "size MB",
                "megabytes; less is better",
            ),
        ),
    ];
    Section {
        title: "Depending",
        text,
        charts,
    }
}

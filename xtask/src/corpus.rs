//! `cargo xtask corpus`: puts every OpenAPI document of a folder through the generator.

mod check;
mod documents;
mod examples;
mod figures;
mod one;
mod report;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::json;

use self::figures::Figures;
pub(crate) use self::one::run as run_one;
use crate::cli::CorpusArgs;

/// Runs the generator on each document, checks the crates if asked to, and prints the tables.
pub(crate) fn run(args: &CorpusArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let documents = documents::in_folder(&args.dir)?;
    let scratch;
    let folder: PathBuf = if let Some(folder) = &args.out {
        // Cargo runs in the folders of the crates.
        std::path::absolute(folder).with_context(|| folder.display().to_string())?
    } else {
        scratch = tempfile::tempdir().context("cannot create a temporary folder")?;
        scratch.path().to_owned()
    };
    let mut all = Vec::new();
    let width = report::width(documents.iter().map(|document| document.name.as_str()));
    writeln!(out, "{}", report::head(args, width))?;
    for document in &documents {
        let crate_dir = folder.join(&document.name);
        let mut figures = figures::measure(document, &crate_dir, args.keep_shown_members)?;
        if args.checks() && figures.refused.is_none() {
            figures.check = Some(check::check(&crate_dir, &folder, args.lint)?);
        }
        let compiles = figures.refused.is_none() && !figures.has_failed();
        if args.examples && compiles {
            check::stand_alone(&crate_dir)?;
            figures.examples = Some(examples::round_trip(&crate_dir, &folder)?);
        }
        writeln!(out, "{}", report::line(&figures, width))?;
        out.flush()?;
        all.push(figures);
    }
    report::rules(&all, out)?;
    if let Some(path) = &args.json {
        let figures: Vec<_> = all.iter().map(Figures::to_json).collect();
        let text = format!("{:#}\n", json!({ "documents": figures }));
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let has_failed = all.iter().any(Figures::has_failed);
    Ok(if has_failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

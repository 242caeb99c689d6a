//! `cargo xtask import`: converts a documentation page into an OpenAPI document.

use std::io::Write;
use std::process::ExitCode;

use bigmodel_rerank_import::import;

use crate::cli::ImportArgs;
use crate::contract;
use crate::workspace::Place;

/// Writes the document, and prints the notes of the import to standard error.
pub(crate) fn run(args: &ImportArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let page = contract::read(&Place::given(&args.page), "pass another file")?;
    let imported = import(&page)?;
    for note in &imported.notes {
        eprintln!("note: {note}");
    }
    match &args.out {
        None => out.write_all(imported.yaml.as_bytes())?,
        Some(file) => {
            let place = Place::given(file);
            place.write(&imported.yaml)?;
            writeln!(out, "wrote {}", place.shown)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

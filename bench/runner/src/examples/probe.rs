//! A program that reads the examples of a document with the types of a crate and writes them again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Entrant, Subject, names};
use crate::child;
use crate::generating::{CRATE, OAS3_GEN, OPENAPI_TO_RUST, OURS};
use crate::paths::Bench;
use crate::programs::cargo;

/// The program of `cargo xtask corpus --examples`, from the repository.
const PROGRAM: &str = "xtask/corpus/round_trip.rs";
/// Its line that the types replace.
const TYPES: &str = "        // TYPES\n";
/// What peers need in addition, as some of their types are only read or only written.
const BOTH: &str = "generating/examples/both.rs";

/// What became of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Equal as JSON, apart from nulls that are absent.
    Equal,
    /// Refused, or changed.
    Lost,
    /// Invalid against its own schema.
    Invalid,
    /// No type of that name can be read and written.
    NotFound,
}

/// Generates the crate, and returns an outcome for each example.
pub(super) fn outcomes(
    bench: &Bench,
    entrant: &Entrant,
    subject: &Subject,
) -> anyhow::Result<Vec<Outcome>> {
    let contender = &entrant.contender;
    let made = bench.empty_folder(&format!("examples/{CRATE}"))?;
    let document = match contender.name {
        OAS3_GEN => both_ways(bench, &subject.facts["document"])?,
        _ => subject.document.path.clone(),
    };
    child::text(
        contender
            .command(&document, None, &made)
            .args(entrant.settings),
    )?;
    contender.complete(&made)?;
    let types = types(contender.name, &made, subject)?;
    let program = made.join("round-trip");
    write(bench, &program, &types, subject)?;
    let mut run = cargo();
    run.args(["run", "--quiet"]).current_dir(&program);
    run.env("CARGO_TARGET_DIR", bench.work("examples-target"));
    run.env("CARGO_INCREMENTAL", "0");
    run.env("CARGO_PROFILE_DEV_DEBUG", "0");
    let results: Vec<Value> = serde_json::from_str(&child::text(&mut run)?)?;
    Ok(results.iter().map(outcome).collect())
}

/// Returns the path of the type of each component schema.
fn types(
    contender: &str,
    crate_folder: &Path,
    subject: &Subject,
) -> anyhow::Result<BTreeMap<String, String>> {
    if contender == OURS {
        let types = subject.facts["types"].clone();
        return Ok(serde_json::from_value(types)?);
    }
    let (file, module) = match contender {
        OPENAPI_TO_RUST => ("src/generated/types.rs", "generated::types::"),
        _ => ("src/types.rs", ""),
    };
    let text = fs::read_to_string(crate_folder.join(file))?;
    let public = names::declared(&text);
    let library = CRATE.replace('-', "_");
    let schemas = subject.examples.iter().map(|example| &example.schema);
    let found = schemas.filter_map(|schema| {
        let name = names::matching(&public, schema)?;
        Some((schema.clone(), format!("{library}::{module}{name}")))
    });
    Ok(found.collect())
}

/// Writes the document with an operation for each component schema that sends and returns it:
/// oas3-gen makes types that are only read or only written, as the operations need them.
fn both_ways(bench: &Bench, document: &Value) -> anyhow::Result<PathBuf> {
    let mut document = document.clone();
    let names: Vec<String> = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flat_map(|schemas| schemas.keys().cloned())
        .collect();
    for (index, name) in names.iter().enumerate() {
        let reference = format!("#/components/schemas/{}", escaped(name));
        let content = json!({"application/json": {"schema": {"$ref": reference}}});
        document["paths"][format!("/both-ways/{index}")]["post"] = json!({
            "operationId": format!("both_ways_{index}"),
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "The same", "content": content}},
        });
    }
    let path = bench.work("both-ways.json");
    fs::write(&path, document.to_string())?;
    Ok(path)
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn write(
    bench: &Bench,
    program: &Path,
    types: &BTreeMap<String, String>,
    subject: &Subject,
) -> anyhow::Result<()> {
    let mut arms = String::new();
    for (name, path) in types {
        writeln!(
            arms,
            "        {name:?} => Both::<{path}>(std::marker::PhantomData).through(value),"
        )?;
    }
    let source = fs::read_to_string(bench.root.join(PROGRAM))?.replace(TYPES, &arms)
        + &fs::read_to_string(bench.folder.join(BOTH))?;
    let examples = subject.examples.iter().map(|example| {
        json!({
            "type": example.schema,
            "schema": format!("/components/schemas/{}", escaped(&example.schema)),
            "value": example.value,
        })
    });
    let examples: Vec<_> = examples.collect();
    let given = json!({"document": subject.facts["document"], "examples": examples});
    fs::create_dir_all(program.join("src"))?;
    fs::write(program.join("src/main.rs"), source)?;
    fs::write(program.join("examples.json"), given.to_string())?;
    fs::write(program.join("Cargo.toml"), manifest())?;
    Ok(())
}

fn manifest() -> String {
    format!(
        "[package]\nname = \"round-trip\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{CRATE} = {{ path = \"..\" }}\nserde = \"1\"\nserde_json = \"1\"\n\
         jsonschema = {{ version = \"0.60\", default-features = false }}\n\n[workspace]\n"
    )
}

fn outcome(result: &Value) -> Outcome {
    let detail = result["detail"].as_str().unwrap_or_default();
    match result["outcome"].as_str() {
        Some("equal" | "without nulls") => Outcome::Equal,
        Some("invalid") => Outcome::Invalid,
        _ if detail == "one way" || detail.starts_with("unknown type") => Outcome::NotFound,
        _ => Outcome::Lost,
    }
}

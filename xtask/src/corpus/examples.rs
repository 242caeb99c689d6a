//! The measure of truth: every example of a document, read with its generated type and written
//! again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use bigmodel_rerank_codegen::{Generated, Pointer};
use bigmodel_rerank_openapi::grammar::{Kind, nodes};
use bigmodel_rerank_openapi::reference;
use serde_json::{Value, json};

/// The program that reads and writes the examples; its list of types is completed here.
const PROGRAM: &str = include_str!("../../corpus/round_trip.rs");
/// The line in it that the types replace.
const TYPES: &str = "        // TYPES\n";

/// Returns the examples of what the crate has, each with its schema and the type of that.
pub(super) fn of_crate(generated: &Generated) -> Value {
    let root = &generated.effective;
    let mut examples = Vec::new();
    for visit in nodes(root) {
        let (schema, values) = match visit.role.kind() {
            Some(Kind::MediaType) => (
                visit.pointer.key("schema"),
                of_media_type(root, &visit.pointer, visit.value),
            ),
            Some(Kind::Schema) => {
                let example = visit.value.get("example");
                let at = visit.pointer.key("example");
                (
                    visit.pointer,
                    example.map(|value| (at, value)).into_iter().collect(),
                )
            }
            _ => continue,
        };
        let Some(ty) = generated.schema_type(&schema) else {
            continue;
        };
        examples.extend(
            values
                .into_iter()
                .map(|(pointer, value): (Pointer, &Value)| {
                    json!({
                        "pointer": pointer.as_str(),
                        "schema": schema.as_str(),
                        "type": ty,
                        "value": value,
                    })
                }),
        );
    }
    json!({"document": root, "examples": examples})
}

/// Returns `example` and `examples` of a media type.
fn of_media_type<'a>(root: &'a Value, at: &Pointer, node: &'a Value) -> Vec<(Pointer, &'a Value)> {
    let mut found = Vec::new();
    if let Some(value) = node.get("example") {
        found.push((at.key("example"), value));
    }
    let several = node.get("examples").and_then(Value::as_object);
    for (name, example) in several.into_iter().flatten() {
        let at = at.key("examples").key(name);
        if let Some((example, _)) = reference::resolve(root, example, &at)
            && let Some(value) = example.get("value")
        {
            found.push((at, value));
        }
    }
    found
}

/// What became of the examples of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Examples {
    pub(super) equal: usize,
    /// Equal but for nulls, which are absent.
    pub(super) without_nulls: usize,
    /// Invalid against their own schema.
    pub(super) invalid: usize,
    /// Refused or changed, with the place and the reason.
    pub(super) lost: Vec<(String, String)>,
}

/// Builds the program for a crate, and runs it.
pub(super) fn round_trip(dir: &Path, folder: &Path) -> anyhow::Result<Examples> {
    let given = dir.join("examples.json");
    let text =
        fs::read_to_string(&given).with_context(|| format!("cannot read {}", given.display()))?;
    let value: Value =
        serde_json::from_str(&text).with_context(|| format!("cannot read {}", given.display()))?;
    let examples = value.get("examples").and_then(Value::as_array);
    let types: BTreeSet<_> = examples
        .into_iter()
        .flatten()
        .filter_map(|example| example.get("type").and_then(Value::as_str))
        .collect();
    if types.is_empty() {
        return Ok(Examples::default());
    }
    let program = dir.join("round-trip");
    write_program(&program, dir, &types)?;
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--manifest-path"])
        .arg(program.join("Cargo.toml"))
        .current_dir(dir)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        let report = String::from_utf8_lossy(&output.stderr);
        let first: String = report.chars().take(2000).collect();
        bail!("the examples of {} cannot be read:\n{first}", dir.display());
    }
    let results: Vec<Value> = serde_json::from_slice(&output.stdout)
        .context("cannot read the results of the examples")?;
    Ok(counted(&results))
}

fn counted(results: &[Value]) -> Examples {
    let mut examples = Examples::default();
    for result in results {
        let text = |key: &str| result.get(key).and_then(Value::as_str).unwrap_or_default();
        let count = match text("outcome") {
            "equal" => &mut examples.equal,
            "without nulls" => &mut examples.without_nulls,
            "invalid" => &mut examples.invalid,
            _ => {
                let place = (text("pointer").to_owned(), text("detail").to_owned());
                examples.lost.push(place);
                continue;
            }
        };
        *count = count.saturating_add(1);
    }
    examples
}

fn write_program(program: &Path, crate_dir: &Path, types: &BTreeSet<&str>) -> anyhow::Result<()> {
    let name = crate_dir.file_name().and_then(|name| name.to_str());
    let name = name.context("the folder of a crate has no name")?;
    let arms: String = types
        .iter()
        .map(|ty| format!("        {ty:?} => through::<{ty}>(value),\n"))
        .collect();
    let manifest = format!(
        "[package]\nname = \"round-trip-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{name} = {{ path = \"..\" }}\nserde = \"1\"\nserde_json = \"1\"\n\
         jsonschema = {{ version = \"0.60\", default-features = false }}\n\n[workspace]\n"
    );
    let files = [
        ("Cargo.toml", manifest),
        ("src/main.rs", PROGRAM.replace(TYPES, &arms)),
    ];
    for (path, text) in files {
        let path = program.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

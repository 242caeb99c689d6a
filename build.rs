//! The build step: `spec/` becomes client code in OUT_DIR, which `src/lib.rs` compiles.
//!
//! Nothing outside OUT_DIR is written. Where `generated/` differs from what the contract
//! gives, a warning says so: accepting a change is `cargo xtask generate`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use bigmodel_rerank_codegen::{Input, Settings, Source, generate};

const SPEC: &str = "spec/rerank.yaml";
const OVERLAY: &str = "spec/overlay.yaml";
const ACCEPTED: &str = "generated";
const COMMAND: &str = "cargo xtask generate";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=spec");
    println!("cargo::rerun-if-changed={ACCEPTED}");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let input = Input {
        spec: source(&root, SPEC)?,
        overlay: Some(source(&root, OVERLAY)?),
    };
    let settings = Settings {
        crate_name: None,
        regenerate: COMMAND.to_owned(),
    };
    let generated = match generate(&input, &settings) {
        Ok(generated) => generated,
        Err(diagnostics) => {
            for line in diagnostics.to_string().lines() {
                println!("cargo::error={line}");
            }
            return Ok(());
        }
    };
    write_candidate(&out, &generated.files)?;
    warn_if_stale(&root.join(ACCEPTED), &generated.files);
    Ok(())
}

fn source(root: &Path, name: &str) -> Result<Source, Box<dyn Error>> {
    let text = fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: {error}"))?;
    Ok(Source::new(name, text))
}

/// Writes the modules, and a root that can be included: inner attributes cannot.
fn write_candidate(out: &Path, files: &BTreeMap<String, String>) -> Result<(), Box<dyn Error>> {
    for (path, text) in files {
        let path = out.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    let root = files
        .get("src/lib.rs")
        .map(String::as_str)
        .unwrap_or_default();
    fs::write(out.join("src/candidate.rs"), without_inner_attributes(root))?;
    Ok(())
}

fn without_inner_attributes(text: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.lines() {
        inside |= line.starts_with("#![");
        if !inside && !line.starts_with("//!") {
            kept.push_str(line);
            kept.push('\n');
        }
        inside &= !line.ends_with(']');
    }
    kept
}

fn warn_if_stale(accepted: &Path, files: &BTreeMap<String, String>) {
    let stale: Vec<_> = files
        .iter()
        .filter(|(path, text)| fs::read_to_string(accepted.join(path)).ok().as_ref() != Some(text))
        .map(|(path, _)| path.as_str())
        .collect();
    if !stale.is_empty() {
        println!(
            "cargo::warning={ACCEPTED}/ is not what spec/ gives ({}); to accept the change, run `{COMMAND}`",
            stale.join(", ")
        );
    }
}

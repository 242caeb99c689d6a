//! The build step: generates the client from `spec/` into OUT_DIR, where `src/lib.rs` compiles it.
//!
//! Nothing outside OUT_DIR is written. Where `generated/` is not what the contract gives, a
//! warning says so; `cargo xtask generate` accepts the change.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use bigmodel_rerank_codegen::{Deny, Generated, Input, Settings, Source, generate};

const SPEC: &str = "spec/rerank.yaml";
const OVERLAY: &str = "spec/overlay.yaml";
const ACCEPTED: &str = "generated";
const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
const COMMAND: &str = "cargo xtask generate";
/// How many lines of a generated file are its header: that it is generated, and from what.
const HEADER_LINES: usize = 2;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=spec");
    for path in [ACCEPTED].iter().chain(&LICENSES) {
        println!("cargo::rerun-if-changed={path}");
    }
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let input = Input {
        spec: source(&root, SPEC)?,
        overlay: Some(source(&root, OVERLAY)?),
    };
    let settings = Settings {
        deny: Deny::all(),
        regenerate: COMMAND.to_owned(),
        repository: env!("CARGO_PKG_REPOSITORY").to_owned(),
        license_texts: license_texts(&root)?,
        ..Settings::default()
    };
    let generated = match generate(&input, &settings) {
        Ok(generated) => generated,
        Err(diagnostics) => {
            // Cargo puts its own prefix before each line, so that each problem takes one.
            for problem in diagnostics.iter() {
                println!("cargo::error={}", problem.one_line());
            }
            return Ok(());
        }
    };
    write_candidate(&out, &generated)?;
    warn_if_stale(&root.join(ACCEPTED), &generated.files);
    Ok(())
}

fn source(root: &Path, name: &str) -> Result<Source, Box<dyn Error>> {
    let text = fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: {error}"))?;
    Ok(Source::new(name, text))
}

fn license_texts(root: &Path) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let read = |name: &str| source(root, name).map(|file| (name.to_owned(), file.text));
    LICENSES.into_iter().map(read).collect()
}

/// Writes the files, and the items of the crate's root, which `src/lib.rs` includes: it brings its
/// own attributes.
fn write_candidate(out: &Path, generated: &Generated) -> Result<(), Box<dyn Error>> {
    for (path, text) in &generated.files {
        let path = out.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    fs::write(out.join("src/candidate.rs"), &generated.root_items)?;
    Ok(())
}

/// Names the files whose content differs. Headers, which quote the digest of the inputs, differ
/// in all of them.
fn warn_if_stale(accepted: &Path, files: &BTreeMap<String, String>) {
    let is_stale = |path: &String, text: &String| {
        fs::read_to_string(accepted.join(path)).ok().as_ref() != Some(text)
    };
    if !files.iter().any(|(path, text)| is_stale(path, text)) {
        return;
    }
    let body = |text: &str| {
        text.lines()
            .skip(HEADER_LINES)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let changed: Vec<_> = files
        .iter()
        .filter(|(path, text)| {
            let accepted = fs::read_to_string(accepted.join(path)).unwrap_or_default();
            body(&accepted) != body(text)
        })
        .map(|(path, _)| path.as_str())
        .collect();
    let what = if changed.is_empty() {
        "headers only".to_owned()
    } else {
        changed.join(", ")
    };
    println!(
        "cargo::warning={ACCEPTED}/ is not what spec/ gives ({what}); to accept the change, run `{COMMAND}`"
    );
}

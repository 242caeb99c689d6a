//! What a generated crate sends and reads as bodies: forms, files, text, bytes, events and lines.
//!
//! `bodies/program.rs` calls the crate of `bodies/bodies.yaml` against a service of its own and
//! prints the bytes of requests and what came of responses. The table is in `snapshots/`, to be
//! read beside RFC 7578, the URL standard, and the WHATWG text on server-sent events.

mod workspace;

use bigmodel_rerank_codegen::Settings;
use workspace::{Outcome, cargo, write_crate, write_workspace};

const MANIFEST: &str = r#"[package]
name = "bodies-program"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
bodies-contract = { path = "../bodies" }
futures-core = "0.3"
serde = "1"
tokio = { version = "1", default-features = false, features = ["macros", "rt"] }
"#;

#[test]
fn bodies_are_the_bytes_that_standards_give() -> Outcome {
    let workspace = tempfile::tempdir()?;
    let contract = include_str!("bodies/bodies.yaml");
    write_crate(workspace.path(), "bodies", contract, Settings::default())?;
    let program = workspace.path().join("program");
    std::fs::create_dir_all(program.join("src"))?;
    std::fs::write(program.join("Cargo.toml"), MANIFEST)?;
    std::fs::write(
        program.join("src/main.rs"),
        include_str!("bodies/program.rs"),
    )?;
    write_workspace(workspace.path(), ["bodies", "program"])?;

    let output = cargo(
        workspace.path(),
        &["run", "--quiet", "--package=bodies-program"],
    )?;
    let table = String::from_utf8(output.stdout)?;
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo run:\n{table}\n{report}");
    insta::assert_snapshot!(table);
    Ok(())
}

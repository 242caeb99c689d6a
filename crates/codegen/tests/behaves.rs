//! What a generated crate does: the requests that it sends, what it makes of the answers,
//! and the limits that it checks.
//!
//! `behaves/program.rs` calls the crate of `behaves/behaves.yaml` against a service of its
//! own and prints what happens. The table stands in `snapshots/`, to be read like code.

mod workspace;

use bigmodel_rerank_codegen::Settings;
use workspace::{Outcome, cargo, write_crate, write_workspace};

const MANIFEST: &str = r#"[package]
name = "program"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
behaves-contract = { path = "../behaves" }
serde = "1"
serde_json = "1"
tokio = { version = "1", default-features = false, features = ["macros", "rt"] }
"#;

#[test]
fn a_generated_crate_does_what_its_contract_says() -> Outcome {
    let workspace = tempfile::tempdir()?;
    write_crate(
        workspace.path(),
        "behaves",
        include_str!("behaves/behaves.yaml"),
        Settings::default(),
    )?;
    let program = workspace.path().join("program");
    std::fs::create_dir_all(program.join("src"))?;
    std::fs::write(program.join("Cargo.toml"), MANIFEST)?;
    std::fs::write(
        program.join("src/main.rs"),
        include_str!("behaves/program.rs"),
    )?;
    std::fs::write(
        program.join("src/styles.rs"),
        include_str!("behaves/styles.rs"),
    )?;
    std::fs::write(
        program.join("src/unions.rs"),
        include_str!("behaves/unions.rs"),
    )?;
    write_workspace(workspace.path(), ["behaves", "program"])?;

    let output = cargo(workspace.path(), &["run", "--quiet", "--package=program"])?;
    let table = String::from_utf8(output.stdout)?;
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo run:\n{table}\n{report}");
    insta::assert_snapshot!(table);
    Ok(())
}

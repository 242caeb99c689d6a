//! Crates generated from rich contracts compile without a warning, with the client and
//! without it.
//!
//! The contracts stand in `contracts/`, one theme each. All crates share one workspace and
//! one target folder, so that what they depend on is built once.

use std::path::{Path, PathBuf};
use std::process::Command;

use bigmodel_rerank_codegen::{Input, Settings, Source, generate};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Each contract by the name of its crate.
const CONTRACTS: &[(&str, &str)] = &[
    ("calls-only", include_str!("contracts/calls-only.yaml")),
    ("mixed-media", include_str!("contracts/mixed-media.yaml")),
    ("names", include_str!("contracts/names.yaml")),
    ("nothing", include_str!("contracts/nothing.yaml")),
    ("operations", include_str!("contracts/operations.yaml")),
    ("shapes", include_str!("contracts/shapes.yaml")),
    ("types-only", include_str!("contracts/types-only.yaml")),
    ("words", include_str!("contracts/words.yaml")),
];

#[test]
fn crates_of_rich_contracts_compile_without_a_warning() -> Outcome {
    let workspace = tempfile::tempdir()?;
    for (name, contract) in CONTRACTS {
        write_crate(workspace.path(), name, contract)?;
    }
    write_workspace(workspace.path())?;
    check(workspace.path(), &[])?;
    check(workspace.path(), &["--no-default-features"])
}

fn write_crate(workspace: &Path, name: &str, contract: &str) -> Outcome {
    let input = Input {
        spec: Source {
            name: format!("{name}.yaml"),
            text: contract.to_owned(),
        },
        overlay: None,
    };
    let settings = Settings {
        crate_name: Some(format!("{name}-contract")),
        regenerate: "cargo test".to_owned(),
    };
    for (path, text) in generate(&input, &settings)?.files {
        let file = workspace.join(name).join(path);
        std::fs::create_dir_all(file.parent().ok_or("a file without a folder")?)?;
        std::fs::write(file, text)?;
    }
    Ok(())
}

/// The members, and the versions that this repository has settled on.
fn write_workspace(workspace: &Path) -> Outcome {
    let members: Vec<_> = CONTRACTS
        .iter()
        .map(|(name, _)| format!("{name:?}"))
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    std::fs::write(workspace.join("Cargo.toml"), manifest)?;
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    std::fs::copy(lock, workspace.join("Cargo.lock"))?;
    Ok(())
}

/// `cargo check` of the whole workspace, with what was downloaded already if that is enough.
fn check(workspace: &Path, arguments: &[&str]) -> Outcome {
    let run = |offline: &[&str]| {
        Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--workspace", "--all-targets"])
            .args(arguments)
            .args(offline)
            .current_dir(workspace)
            .env("CARGO_TARGET_DIR", target())
            .env("RUSTFLAGS", "-D warnings")
            .output()
    };
    let mut output = run(&["--offline"])?;
    if !output.status.success() {
        output = run(&[])?;
    }
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo check {arguments:?}:\n{report}"
    );
    Ok(())
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiles")
}

//! A workspace of generated crates, outside the tree.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use bigmodel_rerank_codegen::{Input, ItemKind, PublicApi, Settings, Source, generate};

pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Generates the crate `{name}-contract` into the folder `name` of the workspace.
pub(crate) fn write_crate(
    workspace: &Path,
    name: &str,
    contract: &str,
    settings: Settings,
) -> Outcome {
    let input = Input {
        spec: Source::new(format!("{name}.yaml"), contract),
        overlay: None,
    };
    let settings = Settings {
        crate_name: Some(format!("{name}-contract")),
        regenerate: "cargo test".to_owned(),
        ..settings
    };
    let generated = generate(&input, &settings)?;
    let api = generated.public_api();
    let mut files = generated.files;
    let library = format!("{name}-contract").replace('-', "_");
    let assertions = auto_traits(&library, &api);
    files.insert("tests/auto_traits.rs".to_owned(), assertions);
    for (path, text) in files {
        let file = workspace.join(name).join(path);
        std::fs::create_dir_all(file.parent().ok_or("a file without a folder")?)?;
        std::fs::write(file, text)?;
    }
    Ok(())
}

/// A test that compiles if every public type can be sent to and shared between threads.
fn auto_traits(library: &str, api: &PublicApi) -> String {
    let mut out = "const fn shared<T: Send + Sync + 'static>() {}\n".to_owned();
    for item in api.items() {
        let ItemKind::Type { generics, .. } = &item.kind else {
            continue;
        };
        // What the HTTP client has is exported by the crate's root.
        let feature = match item.owner() {
            "" => "#[cfg(feature = \"client\")]\n",
            _ => "",
        };
        let argument = if generics.is_empty() { "" } else { "<()>" };
        let path = &item.path;
        out += &format!("{feature}const _: () = shared::<{library}::{path}{argument}>();\n");
    }
    out
}

/// The members, and the versions that this repository has settled on.
pub(crate) fn write_workspace<'a>(
    workspace: &Path,
    members: impl IntoIterator<Item = &'a str>,
) -> Outcome {
    let members: Vec<_> = members
        .into_iter()
        .map(|name| format!("{name:?}"))
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\n",
        members.join(", ")
    );
    std::fs::write(workspace.join("Cargo.toml"), manifest)?;
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    std::fs::copy(lock, workspace.join("Cargo.lock"))?;
    Ok(())
}

/// What cargo says in the workspace, with what was downloaded already if that is enough.
pub(crate) fn cargo(workspace: &Path, arguments: &[&str]) -> std::io::Result<Output> {
    let run = |offline: &[&str]| {
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(offline)
            .current_dir(workspace)
            .env("CARGO_TARGET_DIR", target())
            .env("RUSTFLAGS", "-D warnings")
            // What the crates call is on this machine.
            .env("NO_PROXY", "*")
            .output()
    };
    let output = run(&["--offline"])?;
    if output.status.success() {
        return Ok(output);
    }
    run(&[])
}

/// One folder for all, so that what the crates depend on is built once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiles")
}

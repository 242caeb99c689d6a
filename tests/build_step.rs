//! `cargo build` in a copy of the workspace: what it compiles, warns of and refuses, and that
//! it writes nothing into the tree.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

/// Copies what a build reads. Build products and the history stay behind.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if ["target", ".git"].iter().any(|skipped| name == *skipped) {
            continue;
        }
        let target = to.join(&name);
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Whether the build went well, and all that it said.
fn build(workspace: &Path) -> (bool, String) {
    // The dependencies that the tests were built with serve here too.
    let products = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--offline"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", products)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), said)
}

fn replace(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from} is not in {}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_build_compiles_the_candidate_warns_when_the_accepted_is_stale_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("work space");
    copy(support::root(), &workspace);
    let overlay = workspace.join("spec/overlay.yaml");
    let before = support::files_of(&workspace);

    let (built, said) = build(&workspace);
    assert!(built, "{said}");
    assert!(!said.contains("warning"), "{said}");

    // A limit changes: the candidate is compiled, and the accepted crate is stale.
    replace(&overlay, "maxItems: 128", "maxItems: 127");
    let (built, said) = build(&workspace);
    assert!(built, "{said}");
    assert!(
        said.contains(
            "generated/ is not what spec/ gives (openapi.yaml, src/limits.rs, src/types.rs); \
             to accept the change, run `cargo xtask generate`"
        ),
        "{said}"
    );

    // A contract that cannot be carried does not build, and the place is named.
    replace(&overlay, "maxItems: 127", "maxItemz: 128");
    let (built, said) = build(&workspace);
    assert!(!built, "{said}");
    assert!(said.contains("spec/overlay.yaml:"), "{said}");
    assert!(said.contains("`maxItemz` is not a keyword here"), "{said}");

    // Taken back, all is as it was, and no build has touched the tree.
    replace(&overlay, "maxItemz: 128", "maxItems: 128");
    let (built, said) = build(&workspace);
    assert!(built, "{said}");
    assert!(!said.contains("warning"), "{said}");
    assert_eq!(support::files_of(&workspace), before);
}

//! What the tests of the contract share: the contract as it stands, generated.

#![allow(
    dead_code,
    reason = "each test file is a crate of its own and uses a part"
)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its inputs has failed"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bigmodel_rerank_codegen::{Deny, Generated, Input, Settings, Source, generate};

/// The workspace's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The settings with which `cargo xtask generate` runs.
pub(crate) fn settings() -> Settings {
    let text = |name: &str| {
        let text = fs::read_to_string(root().join(name)).expect("the licences are readable");
        (name.to_owned(), text)
    };
    Settings {
        deny: Deny::all(),
        regenerate: "cargo xtask generate".to_owned(),
        repository: env!("CARGO_PKG_REPOSITORY").to_owned(),
        license_texts: ["LICENSE-APACHE", "LICENSE-MIT"].map(text).into(),
        ..Settings::default()
    }
}

/// Contract and overlay from `spec/`.
pub(crate) fn input() -> Input {
    let source = |name: &str| {
        let text = fs::read_to_string(root().join(name)).expect("spec/ is readable");
        Source::new(name, text)
    };
    Input {
        spec: source("spec/rerank.yaml"),
        overlay: Some(source("spec/overlay.yaml")),
    }
}

/// What `spec/` gives.
pub(crate) fn candidate() -> Generated {
    match generate(&input(), &settings()) {
        Ok(generated) => generated,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// The files below `folder` by path, with `/` between folders; build products left out.
pub(crate) fn files_of(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(folder.join(&below)).expect("the folder is readable") {
            let path = below.join(entry.expect("the folder is readable").file_name());
            let name = path.to_string_lossy().replace('\\', "/");
            if name == "target" || name == "Cargo.lock" {
                continue;
            }
            if folder.join(&path).is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(folder.join(&path)).expect("the file is readable");
                files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    files
}

/// The committed client crate.
pub(crate) fn accepted() -> BTreeMap<String, String> {
    files_of(&root().join("generated"))
}

/// The names of other clients' forms.
pub(crate) const FORMS: [&str; 3] = ["cohere", "jina", "tei"];

/// What the contract of a form gives.
pub(crate) fn form(name: &str) -> Generated {
    let path = format!("spec/forms/{name}.yaml");
    let text = fs::read_to_string(root().join(&path)).expect("spec/forms/ is readable");
    let input = Input {
        spec: Source::new(&path, text),
        overlay: None,
    };
    match generate(&input, &settings()) {
        Ok(generated) => generated,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

//! `generated/` is what `spec/` gives, byte for byte, and nothing besides.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;

use bigmodel_rerank_codegen::generate;

type Files = BTreeMap<String, String>;

/// A line for each file that is not as it should be.
fn drift(wanted: &Files, found: &Files) -> Vec<String> {
    let mut drift = Vec::new();
    for (path, text) in wanted {
        match found.get(path) {
            None => drift.push(format!("missing {path}")),
            Some(other) if body(other) != body(text) => drift.push(format!("differs {path}")),
            Some(other) if other != text => drift.push(format!("header of {path}")),
            Some(_) => {}
        }
    }
    let orphans = found.keys().filter(|path| !wanted.contains_key(*path));
    drift.extend(orphans.map(|path| format!("orphan {path}")));
    drift
}

/// A file without its header, which quotes the digest of the inputs.
fn body(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').skip(2).collect()
}

#[test]
fn the_accepted_crate_is_what_the_contract_gives() {
    let drift = drift(&support::candidate().files, &support::accepted());
    assert!(
        drift.is_empty(),
        "generated/ is not what spec/ gives; to accept the change, run `cargo xtask generate`:\n{}",
        drift.join("\n")
    );
}

#[test]
fn the_crates_of_other_clients_forms_are_what_their_contracts_give() {
    for form in support::FORMS {
        let accepted = support::files_of(&support::root().join("forms").join(form));
        let drift = drift(&support::form(form).files, &accepted);
        assert!(
            drift.is_empty(),
            "forms/{form}/ is not what spec/forms/{form}.yaml gives; to accept the change, run \
             `cargo xtask generate`:\n{}",
            drift.join("\n")
        );
    }
}

#[test]
fn every_form_is_tested_for_drift() {
    let contracts = support::files_of(&support::root().join("spec/forms"));
    let names: Vec<_> = support::FORMS.map(|form| format!("{form}.yaml")).into();
    assert_eq!(contracts.into_keys().collect::<Vec<_>>(), names);
}

#[test]
fn hand_edits_missing_files_and_orphans_are_drift() {
    let wanted = support::candidate().files;
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in &wanted {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    assert_eq!(drift(&wanted, &support::files_of(folder.path())), [""; 0]);

    let types = folder.path().join("src/types.rs");
    let edited = fs::read_to_string(&types).unwrap() + "\n";
    fs::write(types, edited).unwrap();
    fs::remove_file(folder.path().join("README.md")).unwrap();
    fs::write(folder.path().join("src/notes.rs"), "").unwrap();
    assert_eq!(
        drift(&wanted, &support::files_of(folder.path())),
        [
            "missing README.md",
            "differs src/types.rs",
            "orphan src/notes.rs"
        ]
    );
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    let (first, second) = (support::candidate(), support::candidate());
    assert_eq!(first.files, second.files);
    assert_eq!(first.ledger, second.ledger);
}

#[test]
fn every_file_says_that_it_is_generated_and_how_to_regenerate_it() {
    for (path, text) in support::accepted() {
        let head: Vec<_> = text.lines().take(2).collect();
        let head = head.join("\n");
        assert!(head.contains("@generated"), "{path}: {head}");
        assert!(head.contains("`cargo xtask generate`"), "{path}: {head}");
    }
}

#[test]
fn a_comment_in_contract_or_overlay_changes_headers_and_nothing_else() {
    let before = support::candidate();
    let (mut of_spec, mut of_overlay) = (support::input(), support::input());
    of_spec.spec.text.push_str("# a remark\n");
    of_overlay
        .overlay
        .as_mut()
        .unwrap()
        .text
        .push_str("# a remark\n");
    for input in [of_spec, of_overlay] {
        let after = generate(&input, &support::settings()).unwrap();
        for (path, text) in &before.files {
            assert_ne!(
                &after.files[path], text,
                "{path} carries no digest of its inputs"
            );
            assert_eq!(body(&after.files[path]), body(text), "{path}");
        }
    }
}

/// The candidate compiles against the root package's dependencies, the accepted crate
/// against its own: they have to be the same.
#[test]
fn the_root_package_depends_on_what_the_generated_crate_depends_on() {
    let generated = dependencies(&support::accepted()["Cargo.toml"]);
    let root = fs::read_to_string(support::root().join("Cargo.toml")).unwrap();
    let root = dependencies(&root);
    assert!(!generated.is_empty());
    assert_eq!(root, generated);
}

/// Name, version and features of each line below `[dependencies]`.
fn dependencies(manifest: &str) -> Vec<String> {
    let (_, below) = manifest.split_once("\n[dependencies]\n").unwrap();
    let section = below.split("\n[").next().unwrap();
    let mut lines: Vec<_> = section
        .lines()
        .filter(|line| line.contains(" = "))
        .map(|line| {
            let line = line.replace(", optional = true", "");
            match line.split_once(" = { version = ") {
                Some((name, version)) if !version.contains(',') => {
                    format!("{name} = {}", version.replace(" }", ""))
                }
                _ => line,
            }
        })
        .collect();
    lines.sort();
    lines
}

//! `cargo xtask vendor`.

use std::process::Command;

use crate::support::Sandbox;

#[test]
fn it_writes_the_crate_and_says_how_to_depend_on_it() {
    let sandbox = Sandbox::new();
    let run = sandbox.vendor().exits(0);
    assert!(
        run.stdout
            .ends_with("[dependencies]\ntiny-api = { path = \"tiny\" }\n"),
        "{}",
        run.stdout
    );
    assert!(sandbox.path("tiny/src/lib.rs").is_file());
}

#[test]
fn vendoring_again_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    let before = sandbox.files("tiny");
    let run = sandbox.vendor().exits(0);
    assert!(run.stdout.contains(", 0 written, "), "{}", run.stdout);
    assert_eq!(sandbox.files("tiny"), before);
}

#[test]
fn a_copy_nobody_edited_follows_the_contract() {
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    let before = sandbox.files("tiny");
    sandbox.extend_contract();
    sandbox.vendor().exits(0);
    assert_ne!(sandbox.files("tiny"), before);
    sandbox.vendor().exits(0);
}

#[test]
fn an_edited_file_is_refused_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    sandbox.edit("tiny/src/lib.rs");
    let before = sandbox.files("tiny");
    sandbox.extend_contract();
    let run = sandbox.vendor().exits(1);
    assert!(run.stderr.contains("  tiny/src/lib.rs\n"), "{}", run.stderr);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(sandbox.files("tiny"), before);
}

#[test]
fn force_gives_up_edits() {
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    let before = sandbox.files("tiny");
    sandbox.edit("tiny/src/lib.rs");
    sandbox
        .run("vendor tiny --spec tiny.yaml --crate-name tiny-api --force")
        .exits(0);
    assert_eq!(sandbox.files("tiny"), before);
}

#[test]
fn a_foreign_file_in_the_way_is_refused_even_by_force() {
    let sandbox = Sandbox::new();
    sandbox.write("tiny/src/lib.rs", "mine");
    let before = sandbox.files("tiny");
    let run = sandbox
        .run("vendor tiny --spec tiny.yaml --crate-name tiny-api --force")
        .exits(1);
    assert!(run.stderr.contains("  tiny/src/lib.rs\n"), "{}", run.stderr);
    assert_eq!(sandbox.files("tiny"), before);
}

#[test]
fn a_foreign_file_elsewhere_stays() {
    let sandbox = Sandbox::new();
    sandbox.write("tiny/notes.txt", "mine");
    sandbox.vendor().exits(0);
    assert_eq!(sandbox.read("tiny/notes.txt"), "mine");
}

#[test]
fn a_crate_of_another_name_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    let before = sandbox.files("tiny");
    let run = sandbox
        .run("vendor tiny --spec tiny.yaml --crate-name other-api")
        .exits(1);
    assert!(
        run.stderr.contains("holds the crate `tiny-api`"),
        "{}",
        run.stderr
    );
    assert_eq!(sandbox.files("tiny"), before);
}

#[test]
fn a_file_the_contract_no_longer_gives_is_removed() {
    let sandbox = vendored_with_orphan("// @generated\n");
    let run = sandbox.vendor().exits(0);
    assert!(
        run.stdout.starts_with("removed tiny/src/gone.rs\n"),
        "{}",
        run.stdout
    );
    assert!(!sandbox.path("tiny/src/gone.rs").exists());
}

#[test]
fn an_edited_file_the_contract_no_longer_gives_is_refused() {
    let sandbox = vendored_with_orphan("// @generated, and edited\n");
    let run = sandbox.vendor().exits(1);
    assert!(
        run.stderr.contains("  tiny/src/gone.rs\n"),
        "{}",
        run.stderr
    );
    assert!(sandbox.path("tiny/src/gone.rs").exists());
}

/// A copy in which an earlier contract left `src/gone.rs`, saying `// @generated`; by now it
/// says `text`.
fn vendored_with_orphan(text: &str) -> Sandbox {
    const DIGEST: &str = "74b8b0f71703e9b3a62cefc03b77a850536a1518744b51364c8d8f2896379a64";
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    let manifest = sandbox.read("tiny/.vendored");
    sandbox.write(
        "tiny/.vendored",
        &format!("{manifest}{DIGEST}  src/gone.rs\n"),
    );
    sandbox.write("tiny/src/gone.rs", text);
    sandbox
}

#[test]
fn generate_does_not_write_into_a_vendored_copy() {
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    let run = sandbox.generate().exits(1);
    assert!(run.stderr.contains("cargo xtask vendor"), "{}", run.stderr);
}

#[test]
fn a_bad_contract_leaves_the_copy_as_it_was() {
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    let before = sandbox.files("tiny");
    sandbox.break_contract();
    sandbox.vendor().exits(1);
    assert_eq!(sandbox.files("tiny"), before);
}

#[test]
fn the_copy_stands_on_its_own() {
    let sandbox = Sandbox::new();
    sandbox.vendor().exits(0);
    assert!(manifest_loads(&sandbox, "tiny/Cargo.toml"));
}

#[test]
fn the_copy_is_at_home_in_another_workspace() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "Cargo.toml",
        "[workspace]\n[package]\nname = \"app\"\nedition = \"2021\"\n\
         [dependencies]\ntiny-api = { path = \"tiny\" }\n",
    );
    sandbox.write("src/main.rs", "fn main() {}\n");
    sandbox.vendor().exits(0);
    assert!(manifest_loads(&sandbox, "tiny/Cargo.toml"));
}

/// Whether cargo accepts a manifest where it is. Resolves no dependencies.
fn manifest_loads(sandbox: &Sandbox, path: &str) -> bool {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .arg("--manifest-path")
        .arg(sandbox.path(path))
        .output()
        .unwrap();
    print!("{}", String::from_utf8_lossy(&output.stderr));
    output.status.success()
}

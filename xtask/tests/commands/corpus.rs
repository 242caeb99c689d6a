//! `cargo xtask corpus`.

use serde_json::Value;

use crate::support::Sandbox;

/// A union that nothing tells apart, and a response whose media type is none.
const LOOSE: &str = "\
openapi: 3.0.3
info: {title: Loose, version: '1'}
paths:
  /file:
    get:
      responses:
        '200': {description: OK, content: {csv: {schema: {type: string}}}}
components:
  schemas:
    Number: {oneOf: [{type: number}, {type: integer}]}
";

/// Types whose crate compiles without an HTTP client.
const EXACT: &str = "\
openapi: 3.0.3
info: {title: Exact, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
";

const NEWER: &str = "{\"openapi\": \"4.0.0\", \"info\": {\"title\": \"N\", \"version\": \"1\"}}";

fn corpus() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/loose.yaml", LOOSE);
    sandbox.write("corpus/exact.yml", EXACT);
    sandbox.write("corpus/newer.json", NEWER);
    sandbox.write("corpus/notes.md", "no document");
    sandbox
}

#[test]
fn each_document_has_a_line_and_each_rule_another() {
    let sandbox = corpus();
    let run = sandbox.run("corpus corpus --json figures.json").exits(0);
    let lines: Vec<Vec<_>> = run
        .stdout
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let line = |name: &str| {
        let line = lines.iter().find(|line| line.first() == Some(&name));
        line.unwrap_or_else(|| panic!("{}", run.stdout)).clone()
    };
    assert_eq!(line("exact")[1..6], ["0", "0", "2", "0", "100.0%"]);
    assert_eq!(line("loose")[1..5], ["0", "1", "3", "1"]);
    assert_eq!(line("newer")[1], "refused:");
    assert_eq!(line("skipped")[..4], ["skipped", "media-type", "1", "1"]);
    let ambiguous = lines
        .iter()
        .find(|line| line.get(1) == Some(&"ambiguous-union"));
    assert!(ambiguous.is_some(), "{}", run.stdout);
    assert!(
        run.stdout
            .contains("3 documents, 1 refused; 0 operations, 1 skipped")
    );

    let figures: Value = serde_json::from_str(&sandbox.read("figures.json")).unwrap();
    let documents = figures["documents"].as_array().unwrap();
    let names: Vec<_> = documents
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["api-exact", "api-loose", "api-newer"]);
    assert_eq!(documents[1]["notices"].as_array().unwrap().len(), 2);
}

#[test]
fn crates_are_compiled_and_kept() {
    let sandbox = corpus();
    std::fs::remove_file(sandbox.path("corpus/loose.yaml")).unwrap();
    let run = sandbox.run("corpus corpus --check --out crates").exits(0);
    assert!(run.stdout.contains("clean, "), "{}", run.stdout);
    assert!(
        sandbox
            .read("crates/api-exact/src/types.rs")
            .contains("pub struct Pet")
    );
    // What Cargo builds is beside the crates, from wherever the path of the folder counts.
    assert!(sandbox.path("crates/target").is_dir());
}

#[test]
fn a_folder_without_documents_is_an_error() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/notes.md", "no document");
    let run = sandbox.run("corpus corpus").exits(1);
    assert!(
        run.stderr.contains("has no documents; expected files with"),
        "{}",
        run.stderr
    );
}

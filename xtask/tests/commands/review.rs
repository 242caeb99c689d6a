//! `cargo xtask import` and `cargo xtask review`.

use crate::support::Sandbox;

const PAGE: &str = "# Status\n\n> How the service is.\n\n````yaml get /status\npaths:\n  path: /status\n  method: get\n  request:\n    security: []\n    parameters:\n      path: {}\n      query: {}\n      header: {}\n      cookie: {}\n    body: {}\n  response:\n    '200':\n      application/json:\n        schemaArray:\n          - type: string\n        description: In a word.\n````\n";

/// Returns a sandbox in which `tiny.yaml` has one property more than `old.yaml`.
fn changed() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("old.yaml", &sandbox.read("tiny.yaml"));
    sandbox.extend_contract();
    sandbox
}

#[test]
fn two_contracts_are_compared() {
    let run = changed().run("review old.yaml tiny.yaml").exits(0);
    assert!(
        run.stdout.starts_with("1 change, additive on the wire.\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("/Status/properties/detail\n"),
        "{}",
        run.stdout
    );
    assert_eq!(run.stderr, "");
}

#[test]
fn the_exit_code_depends_on_the_class_of_the_changes() {
    let sandbox = changed();
    for (class, code) in [
        ("never", 0),
        ("breaking", 0),
        ("additive", 1),
        ("documentation", 1),
    ] {
        sandbox
            .run(&format!("review old.yaml tiny.yaml --fail-on {class}"))
            .exits(code);
    }
    sandbox
        .run("review tiny.yaml old.yaml --fail-on breaking")
        .exits(1);
    sandbox
        .run("review tiny.yaml tiny.yaml --fail-on documentation")
        .exits(0);
    // An unclassified change may be breaking.
    let unknown = sandbox.read("tiny.yaml") + "unheardOf: 1\n";
    sandbox.write("unknown.yaml", &unknown);
    let run = sandbox
        .run("review tiny.yaml unknown.yaml --fail-on breaking")
        .exits(1);
    assert!(run.stdout.contains("unclassified"), "{}", run.stdout);
}

#[test]
fn json_and_page_have_the_same_changes() {
    let sandbox = changed();
    let run = sandbox
        .run("review old.yaml tiny.yaml --json --html report.html")
        .exits(0);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let changes = json.get("changes").and_then(|all| all.as_array()).unwrap();
    assert_eq!(changes.len(), 1);
    let page = sandbox.read("report.html");
    assert!(page.starts_with("<!doctype html>"), "{page}");
    assert!(page.contains("1 change, additive on the wire."), "{page}");
}

#[test]
fn a_report_is_written_to_a_new_folder_but_never_over_an_input() {
    let sandbox = changed();
    sandbox
        .run("review old.yaml tiny.yaml --html reports/new/page.html")
        .exits(0);
    assert!(
        sandbox
            .read("reports/new/page.html")
            .starts_with("<!doctype")
    );
    let before = sandbox.read("old.yaml");
    let run = sandbox
        .run("review old.yaml tiny.yaml --html old.yaml")
        .exits(1);
    assert!(
        run.stderr.contains("old.yaml is an input of the review"),
        "{}",
        run.stderr
    );
    assert_eq!(sandbox.read("old.yaml"), before);
}

#[test]
fn invalid_inputs_are_reported() {
    let sandbox = changed();
    sandbox.write("broken.yaml", "openapi: [\n");
    for (words, message) in [
        (
            "review old.yaml none.yaml",
            "error: none.yaml does not exist; pass another file\n",
        ),
        ("review old.yaml broken.yaml", "broken.yaml:"),
        (
            "review --base no-such-commit",
            "error: unknown commit `no-such-commit`",
        ),
        (
            "review --base=--name-only",
            "error: unknown commit `--name-only`",
        ),
        ("review --page old.yaml", "error: "),
    ] {
        let run = sandbox.run(words).exits(1);
        assert!(run.stderr.contains(message), "{words}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{words}");
    }
    for words in [
        "review old.yaml",
        "review old.yaml tiny.yaml --base HEAD",
        "review old.yaml tiny.yaml --page page.md",
        "review --mark-read",
        "review --page page.md --mark-read --json",
    ] {
        sandbox.run(words).exits(2);
    }
}

#[test]
fn a_page_is_imported_to_standard_output_or_to_a_file() {
    let sandbox = Sandbox::new();
    sandbox.write("page.md", PAGE);
    let run = sandbox.run("import page.md").exits(0);
    assert!(run.stdout.starts_with("openapi: 3.0.3\n"), "{}", run.stdout);
    assert!(
        run.stdout.contains("  /status:\n    get:\n"),
        "{}",
        run.stdout
    );
    let shown = run.stdout;
    let run = sandbox.run("import page.md --out new.yaml").exits(0);
    assert_eq!(run.stdout, "wrote new.yaml\n");
    assert_eq!(sandbox.read("new.yaml"), shown);
}

#[test]
fn an_invalid_page_is_reported_with_its_location() {
    let sandbox = Sandbox::new();
    sandbox.write("page.md", &PAGE.replace("type: string", "type: [string"));
    let run = sandbox.run("import page.md --out new.yaml").exits(1);
    assert!(run.stderr.contains("--> page.md:"), "{}", run.stderr);
    assert!(!sandbox.path("new.yaml").exists());
}

//! Importing a flattened document returns the original document.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

#[path = "support/flatten.rs"]
mod flatten;
mod support;

use bigmodel_rerank_codegen::{Settings, generate};
use bigmodel_rerank_import::{Imported, import};
use bigmodel_rerank_openapi::{Contract, Input, Pointer, Position, Source};
use serde_json::Value;

fn document(file: &str) -> Value {
    let input = Input {
        spec: Source::new(file, support::read("documents", file)),
        overlay: None,
    };
    let contract = Contract::read(&input).unwrap_or_else(|problems| panic!("{problems}"));
    contract.value().clone()
}

fn import_page(text: String) -> Imported {
    let imported =
        import(&Source::new("page.md", text)).unwrap_or_else(|problems| panic!("{problems}"));
    support::reads_back(&imported);
    imported
}

/// Returns the value as text, in which the order of members shows.
fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

macro_rules! round_trips {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            let document = document(concat!(stringify!($name), ".yaml"));
            let imported = import_page(flatten::page(&document));
            assert_eq!(imported.document, document, "\n{}\n{}", pretty(&imported.document), pretty(&document));
        }
    )*};
}

round_trips! {
    bare
    files
    objects
    parameters
    recursion
    several
    unions
    words
}

#[test]
fn the_plain_form_is_imported_unchanged() {
    for file in [
        "objects.yaml",
        "parameters.yaml",
        "unions.yaml",
        "several.yaml",
        "files.yaml",
        "words.yaml",
    ] {
        let text = support::read("documents", file);
        let imported = import_page(format!("# A page\n\n````yaml\n{text}````\n"));
        assert_eq!(imported.document, document(file), "{file}");
        assert_eq!(imported.notes, [], "{file}");
    }
}

#[test]
fn each_node_has_its_line_on_the_page() {
    let page = flatten::page(&document("objects.yaml"));
    let imported = import_page(page.clone());
    let line = |pointer: &str| {
        let Position { line, column } = imported.position(&Pointer::parse(pointer));
        let text = page.lines().nth(line - 1).unwrap_or_default();
        text.get(column - 1..).unwrap_or_default().to_owned()
    };
    for (pointer, expected) in [
        ("/servers/0/url", "url: https://library.example.com/v1"),
        (
            "/components/schemas/NewBook/properties/pages/minimum",
            "minimum: 1",
        ),
        ("/components/schemas/Binding/enum/1", "soft"),
        (
            "/components/schemas/NewBook/required",
            "requiredProperties:",
        ),
        ("/components/securitySchemes/token/scheme", "scheme: bearer"),
        (
            "/paths/~1books/post/responses/default/description",
            "description: Anything that went wrong.",
        ),
        ("/paths/~1books/post/requestBody/required", "body:"),
    ] {
        assert_eq!(line(pointer), expected, "{pointer}");
    }
}

/// The page with this project's contract, in the layout of the exporter.
#[test]
fn the_page_of_this_project_gives_its_contract() {
    let imported = import_page(support::read("pages", "rerank.md"));
    assert_eq!(
        without_texts(&imported.document),
        without_texts(contract().value())
    );
}

#[test]
fn the_contract_of_this_project_survives_flattening() {
    let imported = import_page(flatten::page(contract().value()));
    assert_eq!(
        without_texts(&imported.document),
        without_texts(contract().value())
    );
}

fn spec(file: &str) -> Source {
    let path = format!("{}/../../spec/{file}", env!("CARGO_MANIFEST_DIR"));
    Source::new(file, std::fs::read_to_string(path).unwrap())
}

fn contract() -> Contract {
    let input = Input {
        spec: spec("rerank.yaml"),
        overlay: None,
    };
    Contract::read(&input).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Returns the value without texts, since the page has the title of its operation for the contract.
fn without_texts(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(key, value)| {
                !(["title", "summary", "description"].contains(&key.as_str()) && value.is_string())
            })
            .map(|(key, value)| (key.clone(), without_texts(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_texts).collect(),
        other => other.clone(),
    }
}

#[test]
fn an_imported_contract_generates_with_the_overlay_of_this_project() {
    let imported = import_page(support::read("pages", "rerank.md"));
    let input = Input {
        spec: Source::new("imported.yaml", imported.yaml),
        overlay: Some(spec("overlay.yaml")),
    };
    let generated = generate(&input, &Settings::default());
    let generated = generated.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(generated.operations, 1);
    assert_eq!(generated.skipped, 0);
    assert_eq!(generated.crate_name, "bigmodel-rerank-api");
}

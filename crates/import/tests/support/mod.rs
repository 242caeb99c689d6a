//! Shared by the tests: the pages in `pages/` and `refused/`, and imports as text.

#![allow(
    dead_code,
    reason = "each test file is a crate of its own and uses a part"
)]

use std::path::Path;

use bigmodel_rerank_import::{Imported, import};
use bigmodel_rerank_openapi::{Contract, Input, Source};

pub(crate) fn read(folder: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder)
        .join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the document of a page, and the notes on it.
pub(crate) fn imported(name: &str) -> String {
    let page = Source::new(format!("{name}.md"), read("pages", &format!("{name}.md")));
    let imported = import(&page).unwrap_or_else(|problems| panic!("{problems}"));
    reads_back(&imported);
    let notes: String = imported
        .notes
        .iter()
        .map(|note| format!("\n# {note}"))
        .collect();
    format!("{}{notes}", imported.yaml)
}

/// Returns the diagnostics for a page that cannot be imported.
pub(crate) fn refused(name: &str) -> String {
    let page = Source::new(format!("{name}.md"), read("refused", &format!("{name}.md")));
    match import(&page) {
        Ok(imported) => panic!("imported:\n{}", imported.yaml),
        Err(problems) => problems.to_string(),
    }
}

/// Fails unless the YAML of a document reads back as the document.
pub(crate) fn reads_back(imported: &Imported) {
    let input = Input {
        spec: Source::new("imported.yaml", imported.yaml.clone()),
        overlay: None,
    };
    let contract =
        Contract::read(&input).unwrap_or_else(|problems| panic!("{problems}\n{}", imported.yaml));
    assert_eq!(contract.value(), &imported.document, "{}", imported.yaml);
}

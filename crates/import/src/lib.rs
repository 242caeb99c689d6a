//! Converts a documentation page into an OpenAPI document.
//!
#![doc = include_str!("../README.md")]
//!
//! # Steps
//!
//! [`import`] is a sequence of steps, each in its own file:
//!
//! ```text
//! page --markdown--> fences --yaml_reader--> nodes --page--> operations
//!      --document--> one document --yaml_writer--> text
//! ```
//!
//! Every node keeps its location on the page through all steps.

mod dialect;
mod document;
mod exporter_keys;
mod log;
mod markdown;
mod members;
mod node;
mod note;
mod operation;
mod page;
mod schema_reference;
mod yaml_reader;
mod yaml_writer;

use std::collections::HashMap;

use bigmodel_rerank_openapi::{Contract, Diagnostics, Pointer, Position, Source};
use serde_json::Value;

use log::Log;
pub use note::Note;

/// The OpenAPI document that a page contains.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The document, in OpenAPI 3.0.
    pub document: Value,
    /// The document as readable YAML.
    pub yaml: String,
    /// What was dropped, reconstructed or converted, in the order of the page.
    pub notes: Vec<Note>,
    /// The text of the page that is not part of the document, one line per line of the page:
    /// front matter, further sections, code samples.
    pub other_text: String,
    positions: HashMap<Pointer, Position>,
}

impl Imported {
    /// Returns the document as a contract whose nodes are located on the page `name`.
    pub fn contract(&self, name: &str) -> Contract {
        let positions = self.positions.iter();
        let positions = positions.map(|(pointer, position)| (pointer.clone(), *position));
        Contract::from_value(name, self.document.clone(), positions)
    }

    /// Returns the position on the page of the node at `pointer`, or of its nearest ancestor that
    /// has one.
    pub fn position(&self, pointer: &Pointer) -> Position {
        let mut at = Some(pointer.clone());
        while let Some(pointer) = at {
            if let Some(position) = self.positions.get(&pointer) {
                return *position;
            }
            at = pointer.parent();
        }
        Position { line: 1, column: 1 }
    }
}

/// Imports a page.
///
/// # Errors
///
/// Returns every problem of the page. There is no partial result.
pub fn import(page: &Source) -> Result<Imported, Diagnostics> {
    let text = page.text.strip_prefix('\u{feff}').unwrap_or(&page.text);
    let mut log = Log::new(&page.name);
    let markdown::Page {
        fences,
        mut other_text,
    } = markdown::page(text, &mut log);
    let mut budget = yaml_reader::Budget::default();
    let mut operations = Vec::new();
    for fence in &fences {
        if let Some(root) = yaml_reader::read(&page.name, fence, &mut budget, &mut log) {
            operations.extend(page::operations(fence, root, &mut other_text, &mut log));
        }
    }
    let document = document::document(&fences, operations, &mut log);
    match document {
        Some(document) if log.problems.is_empty() => {
            log.notes.sort();
            log.notes.dedup();
            Ok(Imported {
                document: document.to_value(),
                yaml: yaml_writer::text(&document),
                notes: log.notes,
                other_text,
                positions: document.positions(),
            })
        }
        _ => Err(Diagnostics::new(log.problems)),
    }
}

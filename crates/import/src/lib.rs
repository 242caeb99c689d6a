//! A documentation page in, an OpenAPI document out.
//!
#![doc = include_str!("../README.md")]
//!
//! # Steps
//!
//! [`import`] is a line of small steps, each in its own file:
//!
//! ```text
//! page --page--> fences --read--> nodes --operation--> operations
//!      --components, document--> one document --yaml--> text
//! ```
//!
//! Each node knows its line on the page all the way.

mod alternatives;
mod components;
mod content;
mod dialect;
mod document;
mod example;
mod log;
mod members;
mod node;
mod operation;
mod page;
mod parameters;
mod plain;
mod read;
mod refs;
mod schema;
mod security;
mod yaml;

use std::collections::HashMap;

use bigmodel_rerank_codegen::{Contract, Diagnostic, Diagnostics, Pointer, Source};
use serde_json::Value;

use log::Log;

/// A page as an OpenAPI document.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The document, OpenAPI 3.0.
    pub document: Value,
    /// The document as a person would have written it.
    pub yaml: String,
    /// What was dropped or recovered, in the order of the page.
    pub notes: Vec<Diagnostic>,
    /// What the page says that is no part of the document, a line for each of its lines:
    /// sections beside the operation, front matter, code.
    pub beside: String,
    places: HashMap<Pointer, (usize, usize)>,
}

impl Imported {
    /// The document as a contract whose nodes stand on the page, which is called `name`.
    pub fn contract(&self, name: &str) -> Contract {
        let places = self.places.iter();
        let places = places.map(|(pointer, place)| (pointer.clone(), *place));
        Contract::made(name, self.document.clone(), places)
    }

    /// Line and column on the page, both counted from 1, of what became this node of the
    /// document, or the nearest node above it that has a place.
    pub fn place(&self, pointer: &Pointer) -> (usize, usize) {
        let mut at = Some(pointer.clone());
        while let Some(pointer) = at {
            if let Some(place) = self.places.get(&pointer) {
                return *place;
            }
            at = pointer.parent();
        }
        (1, 1)
    }
}

/// Imports a page.
///
/// # Errors
///
/// Everything on the page that cannot be understood. There is no partial result.
pub fn import(page: &Source) -> Result<Imported, Diagnostics> {
    let text = page.text.strip_prefix('\u{feff}').unwrap_or(&page.text);
    let mut log = Log::new(&page.name);
    let page::Page { fences, beside } = page::page(text, &mut log);
    let mut budget = read::Budget::default();
    let mut operations = Vec::new();
    for fence in &fences {
        if let Some(root) = read::read(&page.name, fence, &mut budget, &mut log) {
            operations.extend(operation::operations(fence, root, &mut log));
        }
    }
    let document = document::document(&fences, operations, &mut log);
    match document {
        Some(document) if log.problems.is_empty() => {
            log.notes.sort();
            log.notes.dedup();
            Ok(Imported {
                document: document.to_value(),
                yaml: yaml::text(&document),
                notes: log.notes,
                beside,
                places: document.places(),
            })
        }
        _ => Err(Diagnostics::new(log.problems)),
    }
}

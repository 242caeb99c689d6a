//! A note on the import: something was dropped, reconstructed or converted.

use std::fmt;

use bigmodel_rerank_openapi::Pointer;

/// An observation on the page, and what the importer made of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The file, as the caller named it.
    pub file: String,
    /// Line on the page, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The node in the document of its fence.
    pub pointer: Pointer,
    /// What the page has there.
    pub observation: String,
    /// What the importer did.
    pub action: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            pointer,
            observation,
            action,
        } = self;
        write!(
            f,
            "{file}:{line}:{column}: {observation}; {action} [{pointer}]"
        )
    }
}

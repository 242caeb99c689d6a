//! Diagnostics: what is wrong with a document, where, and how to fix it.

use std::fmt;

use crate::{Location, Pointer};

/// A problem at a node, before the node is located in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The node that is wrong.
    pub pointer: Pointer,
    /// What is wrong with it, in a clause without a full stop.
    pub message: String,
    /// How to fix it, in a clause without a full stop.
    pub help: String,
}

impl Problem {
    /// A problem of the node at `pointer`.
    pub fn new(pointer: Pointer, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            pointer,
            message: message.into(),
            help: help.into(),
        }
    }
}

const BY_OVERLAY: &str = "with an overlay action that targets";

/// Advice to correct the node `target` in the overlay: the publisher's file is left alone.
pub fn by_overlay(verb: &str, target: &Pointer) -> String {
    format!("{verb} {BY_OVERLAY} {}", target.json_path())
}

/// Whether a help text is one of [`by_overlay`].
pub(crate) fn is_by_overlay(help: &str) -> bool {
    help.contains(BY_OVERLAY)
}

/// A problem in a document or an overlay, with its location and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file, as the caller named it.
    pub file: String,
    /// Line of the node, counted from 1.
    pub line: usize,
    /// Column of the node in characters, counted from 1.
    pub column: usize,
    /// The node in the document.
    pub pointer: Pointer,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub help: String,
}

impl Diagnostic {
    /// A problem of the node `pointer`, which is at `location`.
    pub fn new(
        location: Location,
        pointer: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            file: location.file,
            line: location.line,
            column: location.column,
            pointer,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The problem in one line, location first, as compilers and editors have it.
    pub fn one_line(&self) -> String {
        let Self {
            file,
            line,
            column,
            pointer,
            message,
            help,
        } = self;
        format!("{file}:{line}:{column}: {message}; help: {help} [{pointer}]")
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        writeln!(f, "  --> {}:{}:{}", self.file, self.line, self.column)?;
        writeln!(f, "   at {}", self.pointer)?;
        write!(f, " help: {}", self.help)
    }
}

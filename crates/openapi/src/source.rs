//! A document's text, its value, and the position of each of its nodes.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::{Diagnostic, Pointer, Problem};

/// A text and the name by which diagnostics refer to it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's path as the reader of a diagnostic should see it.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// The documents that it refers to, by their paths from its folder; see
    /// [`referenced_documents`](crate::referenced_documents).
    pub documents: BTreeMap<String, Self>,
}

impl Source {
    /// A source from its name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            documents: BTreeMap::new(),
        }
    }
}

/// Line and column, both counted from 1; the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

impl Position {
    /// The first character of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

/// A position in a named file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, as the caller named it.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

/// A parsed text and the position of each of its nodes.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) value: Value,
    pub(crate) positions: HashMap<Pointer, Position>,
}

impl Document {
    /// The position of `pointer`, or of the nearest node above it that has one.
    pub(crate) fn position(&self, pointer: &Pointer) -> Position {
        let mut at = Some(pointer.clone());
        while let Some(pointer) = at {
            if let Some(position) = self.positions.get(&pointer) {
                return *position;
            }
            at = pointer.parent();
        }
        Position::START
    }

    /// The location of a position in this document.
    pub(crate) fn location(&self, position: Position) -> Location {
        Location {
            file: self.name.clone(),
            line: position.line,
            column: position.column,
        }
    }

    /// A problem at a node of this document, located.
    pub(crate) fn diagnose(&self, problem: &Problem) -> Diagnostic {
        let location = self.location(self.position(&problem.pointer));
        Diagnostic::new(
            location,
            problem.pointer.clone(),
            problem.message.as_str(),
            problem.help.as_str(),
        )
    }
}

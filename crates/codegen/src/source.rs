//! A contract or overlay file: its text, its value, and where each node stands.

use std::collections::HashMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// A text and the name under which diagnostics speak of it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's path as the reader of a diagnostic should see it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A source from its name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }
}

/// Line and column, both counted from 1; the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A parsed text that knows where each of its nodes stands.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) value: Value,
    pub(crate) positions: HashMap<Pointer, Position>,
}

impl Document {
    /// Where `pointer` stands, or the nearest node above it that stands anywhere.
    pub(crate) fn position(&self, pointer: &Pointer) -> Position {
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

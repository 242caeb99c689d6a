//! A contract as a value that knows where each of its nodes stands, for tools that read
//! contracts without generating from them.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Finding};
use crate::overlay::{self, Effective};
use crate::parse;
use crate::pointer::Pointer;
use crate::source::{Document, Position};
use crate::{Input, stack};

/// A contract after its overlay, and the place of each of its nodes in the files.
#[derive(Debug)]
pub struct Contract(Effective);

impl Contract {
    /// Reads a contract and applies its overlay. Nothing is asked of it but that it is one
    /// object, in YAML or JSON, and that the overlay fits.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the two texts.
    pub fn read(input: &Input) -> Result<Self, Diagnostics> {
        stack::deep(|| effective(input).map(Self))
    }

    /// A contract that was made and not read: its value, and the line and column in `name`,
    /// both counted from 1, that nodes of it came from.
    pub fn made(
        name: &str,
        value: Value,
        places: impl IntoIterator<Item = (Pointer, (usize, usize))>,
    ) -> Self {
        let place = |(pointer, (line, column))| (pointer, Position { line, column });
        Self(Effective::new(Document {
            name: name.to_owned(),
            value,
            positions: places.into_iter().map(place).collect(),
        }))
    }

    /// The contract after its overlay.
    pub fn value(&self) -> &Value {
        &self.0.value
    }

    /// Line and column, both counted from 1, of a node of the contract as published, or of the
    /// nearest node above it that stands anywhere.
    pub fn place(&self, pointer: &Pointer) -> (usize, usize) {
        let diagnostic = self.diagnose(pointer, "", "");
        (diagnostic.line, diagnostic.column)
    }

    /// Tells a problem at a node, with the file, line and column of the node or of the
    /// nearest node above it that stands anywhere.
    pub fn diagnose(&self, pointer: &Pointer, problem: &str, remedy: &str) -> Diagnostic {
        self.0
            .locate(&Finding::new(pointer.clone(), problem, remedy))
    }
}

pub(crate) fn effective(input: &Input) -> Result<Effective, Diagnostics> {
    let spec = parse::parse(&input.spec);
    let overlay = input.overlay.as_ref().map(parse::parse).transpose();
    match (spec, overlay) {
        (Ok(spec), Ok(None)) => Ok(Effective::new(spec)),
        (Ok(spec), Ok(Some(overlay))) => overlay::apply(spec, overlay).map_err(Diagnostics::new),
        (spec, overlay) => {
            let spec = spec.err().unwrap_or_default();
            let overlay = overlay.err().unwrap_or_default();
            Err(Diagnostics::new(spec.into_iter().chain(overlay).collect()))
        }
    }
}

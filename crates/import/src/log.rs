//! Collects the problems and the notes of an import.

use bigmodel_rerank_openapi::{Diagnostic, Location, Pointer, Position};

use crate::node::NodeLocation;
use crate::note::Note;

/// The problems and notes so far. A page with problems is not imported.
#[derive(Debug)]
pub(crate) struct Log {
    file: String,
    pub(crate) problems: Vec<Diagnostic>,
    pub(crate) notes: Vec<Note>,
}

impl Log {
    pub(crate) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Reports something that cannot be imported.
    pub(crate) fn report(
        &mut self,
        location: &NodeLocation,
        problem: impl Into<String>,
        help: &str,
    ) {
        let Position { line, column } = location.position;
        let file = self.file.clone();
        let pointer = location.pointer.clone();
        let location = Location { file, line, column };
        self.problems
            .push(Diagnostic::new(location, pointer, problem, help));
    }

    /// Reports a problem of a line of the page, outside any document.
    pub(crate) fn report_line(&mut self, line: usize, problem: impl Into<String>, help: &str) {
        let location = NodeLocation {
            position: Position { line, column: 1 },
            pointer: Pointer::root(),
        };
        self.report(&location, problem, help);
    }

    /// Notes that something was dropped, reconstructed or converted.
    pub(crate) fn note(
        &mut self,
        location: &NodeLocation,
        observation: impl Into<String>,
        action: &str,
    ) {
        self.notes.push(Note {
            file: self.file.clone(),
            line: location.position.line,
            column: location.position.column,
            pointer: location.pointer.clone(),
            observation: observation.into(),
            action: action.to_owned(),
        });
    }
}

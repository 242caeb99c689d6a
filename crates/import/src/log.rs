//! Collects the problems and the notes of an import.

use bigmodel_rerank_codegen::{Diagnostic, Pointer};

use crate::node::Location;
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
    pub(crate) fn report(&mut self, location: &Location, problem: impl Into<String>, help: &str) {
        self.problems.push(Diagnostic {
            file: self.file.clone(),
            line: location.line,
            column: location.column,
            pointer: location.pointer.clone(),
            problem: problem.into(),
            remedy: help.to_owned(),
        });
    }

    /// Reports a problem of a line of the page, outside any document.
    pub(crate) fn report_line(&mut self, line: usize, problem: impl Into<String>, help: &str) {
        let location = Location {
            line,
            column: 1,
            pointer: Pointer::root(),
        };
        self.report(&location, problem, help);
    }

    /// Notes that something was dropped, reconstructed or converted.
    pub(crate) fn note(
        &mut self,
        location: &Location,
        observation: impl Into<String>,
        action: &str,
    ) {
        self.notes.push(Note {
            file: self.file.clone(),
            line: location.line,
            column: location.column,
            pointer: location.pointer.clone(),
            observation: observation.into(),
            action: action.to_owned(),
        });
    }
}

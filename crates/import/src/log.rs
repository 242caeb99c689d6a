//! What is found on the way: problems, for which nothing is imported, and notes.

use bigmodel_rerank_openapi::{Diagnostic, Pointer};

use crate::node::Place;

/// The problems and notes so far.
#[derive(Debug)]
pub(crate) struct Log {
    file: String,
    pub(crate) problems: Vec<Diagnostic>,
    pub(crate) notes: Vec<Diagnostic>,
}

impl Log {
    pub(crate) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Something that cannot be understood.
    pub(crate) fn refuse(&mut self, place: &Place, problem: impl Into<String>, remedy: &str) {
        let diagnostic = self.diagnostic(place, problem.into(), remedy);
        self.problems.push(diagnostic);
    }

    /// Something that was dropped, recovered or said differently.
    pub(crate) fn note(&mut self, place: &Place, what: impl Into<String>, remedy: &str) {
        let diagnostic = self.diagnostic(place, what.into(), remedy);
        self.notes.push(diagnostic);
    }

    /// A problem of the page at a line of it, outside any document.
    pub(crate) fn refuse_line(&mut self, line: usize, problem: impl Into<String>, remedy: &str) {
        let place = Place {
            line,
            column: 1,
            pointer: Pointer::root(),
        };
        self.refuse(&place, problem, remedy);
    }

    fn diagnostic(&self, place: &Place, problem: String, remedy: &str) -> Diagnostic {
        Diagnostic {
            file: self.file.clone(),
            line: place.line,
            column: place.column,
            pointer: place.pointer.clone(),
            message: problem,
            help: remedy.to_owned(),
        }
    }
}

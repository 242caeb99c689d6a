//! What is wrong with a contract, where, and the way out.

use std::fmt;

use crate::pointer::Pointer;

/// A problem at a node, before its place in a file is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The node that is wrong.
    pub(crate) pointer: Pointer,
    /// What is wrong with it, in a clause without a full stop.
    pub(crate) problem: String,
    /// What to do about it, in a clause without a full stop.
    pub(crate) remedy: String,
}

impl Finding {
    pub(crate) fn new(
        pointer: Pointer,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            pointer,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

/// The way out that the publisher's file is not touched by; see [`by_overlay`].
pub(crate) const BY_OVERLAY: &str = "with an overlay action that targets";

/// `verb` and how: published contracts are corrected in their overlay.
pub(crate) fn by_overlay(verb: &str, target: &Pointer) -> String {
    format!("{verb} {BY_OVERLAY} {}", target.json_path())
}

/// A problem in a contract or an overlay, with its place and the way out.
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
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

impl Diagnostic {
    /// The problem in one line, place first, as compilers and editors have it.
    pub fn one_line(&self) -> String {
        let Self {
            file,
            line,
            column,
            pointer,
            problem,
            remedy,
        } = self;
        format!("{file}:{line}:{column}: {problem}; help: {remedy} [{pointer}]")
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.problem)?;
        writeln!(f, "  --> {}:{}:{}", self.file, self.line, self.column)?;
        writeln!(f, "   at {}", self.pointer)?;
        write!(f, " help: {}", self.remedy)
    }
}

/// Everything that is wrong, in the order of the files' lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Problems found together, in any order.
    pub fn new(mut all: Vec<Diagnostic>) -> Self {
        all.sort();
        all.dedup();
        Self(all)
    }

    /// Each problem, in the order of the files' lines.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// How many problems there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no problem.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.0 {
            writeln!(f, "{diagnostic}\n")?;
        }
        match self.0.len() {
            1 => write!(f, "1 problem; nothing was written"),
            n => write!(f, "{n} problems; nothing was written"),
        }
    }
}

impl std::error::Error for Diagnostics {}

//! Where a node is in the files of a contract.

use std::fmt;

use bigmodel_rerank_codegen::Pointer;

/// The location of a node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The node in the contract after its overlay.
    pub pointer: Pointer,
    /// The file, as its reader named it.
    pub file: String,
    /// Line of the node or of its nearest located ancestor, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pointer,
            file,
            line,
            column,
        } = self;
        write!(f, "{file}:{line}:{column}  {pointer}")
    }
}

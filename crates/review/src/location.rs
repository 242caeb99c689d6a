//! Where a node is in the files of a contract.

use std::fmt;

use bigmodel_rerank_openapi::{Location, Pointer};

/// A node and its location.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeLocation {
    /// The node in the contract after its overlay.
    pub pointer: Pointer,
    /// The location of the node, or of its nearest ancestor that is in a file.
    pub location: Location,
}

impl fmt::Display for NodeLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, location } = self;
        let Location { file, line, column } = location;
        write!(f, "{file}:{line}:{column}  {pointer}")
    }
}

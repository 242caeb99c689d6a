//! What a scan of a text finds.

use std::collections::HashMap;

use crate::Pointer;
use crate::Position;

/// How deep collections may be nested: the deserializers' limit.
pub(crate) const DEPTH_LIMIT: usize = 128;

/// The positions in a text, and what its deserializer would not report.
///
/// Where the scanner stops at a syntax error, the scan holds what precedes it: reporting the
/// error is left to the deserializer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scan {
    /// The position of every node; of a mapping's member, that of its key.
    pub(crate) positions: HashMap<Pointer, Position>,
    /// Keys that their mapping already had.
    pub(crate) duplicates: Vec<Duplicate>,
    /// Keys that are collections, each with the mapping it is in.
    pub(crate) complex_keys: Vec<(Pointer, Position)>,
    /// The start of a second document, where the scan ends.
    pub(crate) second_document: Option<Position>,
    /// The first collection beyond [`DEPTH_LIMIT`], where the scan ends.
    pub(crate) too_deep: Option<Position>,
}

impl Scan {
    /// Records the member of a mapping; `first_line` is that of its key, if the mapping already had it.
    pub(super) fn member(&mut self, pointer: &Pointer, at: Position, first_line: Option<usize>) {
        match first_line {
            Some(first_line) => self.duplicates.push(Duplicate {
                pointer: pointer.clone(),
                position: at,
                first_line,
            }),
            None => {
                self.positions.insert(pointer.clone(), at);
            }
        }
    }
}

/// A key that its mapping already had.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Duplicate {
    pub(crate) pointer: Pointer,
    pub(crate) position: Position,
    /// The line of the first.
    pub(crate) first_line: usize,
}

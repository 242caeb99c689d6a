//! Packs documents into batches, one for each request.

use crate::limits::Limits;
use crate::pieces::Piece;

/// Packs pieces in order, one batch at a time, and holds at most one further text.
pub(crate) struct Packed<'a, I> {
    pieces: I,
    /// The piece that did not fit into the last batch.
    held: Option<Piece<'a>>,
    limits: Limits,
    query: usize,
}

impl<'a, I: Iterator<Item = Piece<'a>>> Packed<'a, I> {
    pub(crate) fn new(pieces: I, limits: Limits, query: &str) -> Self {
        Self {
            pieces,
            held: None,
            limits,
            query: query.chars().count(),
        }
    }
}

impl<'a, I: Iterator<Item = Piece<'a>>> Iterator for Packed<'a, I> {
    type Item = Vec<Piece<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let first = self.held.take().or_else(|| self.pieces.next())?;
        let max = self.limits.characters;
        let mut size = Size::new(self.query, &first.text);
        let mut batch = Vec::with_capacity(self.limits.documents.min(32));
        batch.push(first);
        while batch.len() < self.limits.documents {
            let Some(piece) = self.pieces.next() else {
                break;
            };
            if !size.takes(&piece.text, max, &batch) {
                self.held = Some(piece);
                break;
            }
            batch.push(piece);
        }
        Some(batch)
    }
}

/// The characters of a batch. They are counted once there may be too many: until then it is
/// enough that every character takes at least a byte.
struct Size {
    query: usize,
    /// Characters of the query, and bytes of the texts, or their characters once they are counted.
    total: usize,
    counted: bool,
}

impl Size {
    fn new(query: usize, text: &str) -> Self {
        Self {
            query,
            total: query.saturating_add(text.len()),
            counted: false,
        }
    }

    /// Adds a text to those of the batch, unless there would be more than `max` characters.
    fn takes(&mut self, text: &str, max: usize, batch: &[Piece<'_>]) -> bool {
        let mut total = self.total.saturating_add(text.len());
        if self.counted || total > max {
            total = self.count(batch).saturating_add(text.chars().count());
        }
        let fits = total <= max;
        if fits {
            self.total = total;
        }
        fits
    }

    /// Returns the characters so far.
    fn count(&mut self, batch: &[Piece<'_>]) -> usize {
        if !self.counted {
            let lengths = batch.iter().map(|piece| piece.text.chars().count());
            self.total = lengths.fold(self.query, usize::saturating_add);
            self.counted = true;
        }
        self.total
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use bigmodel_rerank_api::types::RerankRequest;
    use bigmodel_rerank_api::validation::Validate;

    use super::{Limits, Packed};
    use crate::pieces::Piece;

    fn sizes(lengths: &[usize], limits: Limits, query: &str) -> Vec<usize> {
        let texts: Vec<_> = lengths.iter().map(|length| "长".repeat(*length)).collect();
        let pieces = texts.iter().enumerate().map(|(document, text)| Piece {
            document,
            text: Cow::Borrowed(text),
        });
        let batches: Vec<_> = Packed::new(pieces, limits, query).collect();
        let order = batches.iter().flatten().map(|piece| piece.document);
        assert!(order.eq(0..lengths.len()));
        batches.iter().map(Vec::len).collect()
    }

    #[test]
    fn the_count_is_the_contracts() {
        let request = |count| RerankRequest::new("rerank", "a", vec!["b"; count]);
        assert!(request(Limits::MAX_DOCUMENTS).validate().is_ok());
        assert!(request(Limits::MAX_DOCUMENTS + 1).validate().is_err());
    }

    #[test]
    fn batches_end_at_either_limit() {
        assert_eq!(sizes(&[1; 300], Limits::default(), "q"), [128, 128, 44]);
        assert_eq!(sizes(&[4096; 60], Limits::default(), "q"), [29, 29, 2]);
        assert_eq!(sizes(&[4, 4, 4], Limits::new(128, 8), ""), [2, 1]);
        assert_eq!(sizes(&[4, 4, 4], Limits::new(128, 8), "q"), [1, 1, 1]);
        // Texts of fewer characters than bytes, up to the last that fits.
        assert_eq!(sizes(&[1; 9], Limits::new(128, 7), ""), [7, 2]);
        assert_eq!(sizes(&[3, 3, 2, 1], Limits::new(128, 8), ""), [3, 1]);
        assert_eq!(sizes(&[4, 4], Limits::new(128, usize::MAX), "q"), [2]);
    }

    #[test]
    fn a_document_that_does_not_fit_goes_alone() {
        assert_eq!(sizes(&[1, 99, 1], Limits::new(128, 8), "q"), [1, 1, 1]);
        assert_eq!(sizes(&[], Limits::default(), "q"), [0; 0]);
    }
}

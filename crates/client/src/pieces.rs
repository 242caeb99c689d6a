//! The texts that a call sends, taken from the documents one by one.

use std::borrow::Cow;
use std::iter::Enumerate;
use std::slice;

use crate::LongDocuments;
use crate::blank_documents::is_blank;
use crate::long_documents::{MAX_CHARACTERS, Windows};
use crate::texts::Texts;

/// A text to score, and the index of the document that it belongs to.
#[derive(Debug, PartialEq)]
pub(crate) struct Piece<'a> {
    pub(crate) document: usize,
    pub(crate) text: Cow<'a, str>,
}

/// The pieces of all documents, in their order.
pub(crate) struct Pieces<'a, D> {
    documents: Enumerate<slice::Iter<'a, D>>,
    texts: Texts<'a, D>,
    policy: LongDocuments,
    skips_blank: bool,
    /// The current long document, and its remaining windows.
    long: Option<(usize, Windows<'a>)>,
}

impl<'a, D> Pieces<'a, D> {
    pub(crate) fn new(
        documents: &'a [D],
        texts: Texts<'a, D>,
        policy: LongDocuments,
        skips_blank: bool,
    ) -> Self {
        Self {
            documents: documents.iter().enumerate(),
            texts,
            policy,
            skips_blank,
            long: None,
        }
    }

    fn next_window(&mut self) -> Option<Piece<'a>> {
        let (document, windows) = self.long.as_mut()?;
        let document = *document;
        let text = windows.next();
        if text.is_none() {
            self.long = None;
        }
        Some(Piece {
            document,
            text: text?,
        })
    }
}

impl<'a, D> Iterator for Pieces<'a, D> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.long.is_some()
                && let Some(piece) = self.next_window()
            {
                return Some(piece);
            }
            let (document, item) = self.documents.next()?;
            let text = self.texts.get(item);
            if self.skips_blank && is_blank(&text) {
                continue;
            }
            // Every character takes at least a byte.
            if text.len() <= MAX_CHARACTERS {
                return Some(Piece { document, text });
            }
            self.long = Some((document, self.policy.windows(text)));
        }
    }
}

//! The texts of the caller's documents.

use std::borrow::Cow;
use std::sync::Arc;

/// Takes the text from a document.
pub(crate) enum Texts<'a, D> {
    /// The document is the text.
    Own(fn(&D) -> &str),
    /// The caller's closure returns it.
    By(Arc<dyn Fn(&'a D) -> Cow<'a, str> + Send + Sync + 'a>),
}

impl<'a, D> Texts<'a, D> {
    /// Calls `visit` with the index and text of each document.
    pub(crate) fn for_each(&self, documents: &'a [D], mut visit: impl FnMut(usize, &str)) {
        let documents = documents.iter().enumerate();
        match self {
            Self::Own(text) => documents.for_each(|(index, item)| visit(index, text(item))),
            Self::By(text) => documents.for_each(|(index, item)| visit(index, &text(item))),
        }
    }

    pub(crate) fn get(&self, document: &'a D) -> Cow<'a, str> {
        match self {
            Self::Own(text) => Cow::Borrowed(text(document)),
            Self::By(text) => text(document),
        }
    }
}

// Not derived: documents need not be `Clone`.
impl<D> Clone for Texts<'_, D> {
    fn clone(&self) -> Self {
        match self {
            Self::Own(text) => Self::Own(*text),
            Self::By(text) => Self::By(Arc::clone(text)),
        }
    }
}

//! Documents that the service refuses.

use crate::{Error, ErrorKind};

/// What happens if the service refuses documents of a request, for their content or as invalid.
///
/// The service refuses the whole request, and refuses it again when it is retried.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RefusedDocuments {
    /// The call fails. Batches in flight are awaited, and the scores so far are
    /// [attached](Error::partial) to the error, which has the
    /// [documents](Error::documents) of the refused request.
    #[default]
    Fail,
    /// The batch is split in halves until the refused documents are alone. The rest is ranked, and
    /// [`Ranking::refused`](crate::Ranking::refused) lists the refused documents.
    ///
    /// - `k` refused documents of a batch of `n` take at most `k · (2 · log2 n + 2)` further
    ///   requests. A document that the service names is tried alone first, which takes fewer.
    /// - Once a single document is refused and nothing of the call was accepted before, one
    ///   request with a harmless document shows whether the query is the reason: then the call
    ///   fails.
    /// - A document whose windows are sent separately, see
    ///   [`LongDocuments::Split`](crate::LongDocuments::Split), is refused as soon as one of them
    ///   is.
    /// - A call of one request on [normalized scores](crate::Scale::Normalized) is completed by
    ///   one request with all that is left, as normalized scores of different requests are not
    ///   merged. On raw scores that request is saved.
    /// - `timeout`, `concurrency` and cancellation apply. A refused request counts as free of
    ///   charge; the request of the query alone and that of the rest have to fit in the `budget`.
    Skip,
}

/// A document that the service refused.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RefusedDocument<'a, D> {
    /// The index of the document among those of the call.
    pub index: usize,
    /// The caller's own document.
    pub item: &'a D,
    /// The kind of the refusal.
    pub kind: ErrorKind,
    /// The service's code, such as `1301`.
    pub code: Option<String>,
    /// The message of the refusal in one line, with the id of its request.
    pub message: String,
}

/// A refusal, by the index of the document.
pub(crate) struct Refusal {
    index: usize,
    kind: ErrorKind,
    code: Option<String>,
    message: String,
}

impl Refusal {
    pub(crate) fn new(index: usize, error: &Error) -> Self {
        Self {
            index,
            kind: error.kind(),
            code: error.code().map(str::to_owned),
            message: error.to_string(),
        }
    }

    pub(crate) fn index(&self) -> usize {
        self.index
    }

    pub(crate) fn into_document<D>(self, documents: &[D]) -> Option<RefusedDocument<'_, D>> {
        Some(RefusedDocument {
            index: self.index,
            item: documents.get(self.index)?,
            kind: self.kind,
            code: self.code,
            message: self.message,
        })
    }
}

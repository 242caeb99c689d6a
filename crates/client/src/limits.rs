//! The limits of one request. Their ranges are checked in `ranges.rs`, and texts in
//! `request_checks.rs`.

/// The limits of one request.
///
/// The defaults are the limits of the service: 128 documents, as documented, and 120,000
/// characters in all, as observed: about 122,000 pass, and 136,000 do not.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// Documents of a request, 1 to 128.
    pub documents: usize,
    /// Characters of a request, the query included, 1 or more. A document that does not fit is
    /// sent alone.
    pub characters: usize,
}

impl Limits {
    /// The most documents of a request, by the contract.
    pub(crate) const MAX_DOCUMENTS: usize = 128;

    /// Returns limits of `documents` and `characters`.
    #[must_use]
    pub fn new(documents: usize, characters: usize) -> Self {
        Self {
            documents,
            characters,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(Self::MAX_DOCUMENTS, 120_000)
    }
}

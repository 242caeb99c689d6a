//! Documents -> the parts of a call, each one request's worth.

/// The most that goes into one request.
///
/// The defaults are what the service takes: 128 documents, as documented, and 120,000
/// characters in all, as observed: about 122,000 pass, and 136,000 do not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// Documents of a request, from 1 to 128; what is outside is taken as the nearest.
    pub documents: usize,
    /// Characters of a request, the query included. A document that is longer goes alone.
    pub characters: usize,
}

impl Limits {
    /// The most documents of a request, by the contract.
    pub(crate) const MOST_DOCUMENTS: usize = 128;

    /// With these limits.
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
        Self::new(Self::MOST_DOCUMENTS, 120_000)
    }
}

/// A text to score, and the document that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Piece<'a> {
    pub(crate) document: usize,
    pub(crate) text: &'a str,
}

/// Fills parts with pieces, in order, one part at a time.
pub(crate) struct Packed<I: Iterator> {
    pieces: std::iter::Peekable<I>,
    limits: Limits,
    query: usize,
}

impl<'a, I: Iterator<Item = Piece<'a>>> Packed<I> {
    pub(crate) fn new(pieces: I, limits: Limits, query: &str) -> Self {
        Self {
            pieces: pieces.peekable(),
            limits: Limits {
                documents: limits.documents.clamp(1, Limits::MOST_DOCUMENTS),
                ..limits
            },
            query: query.chars().count(),
        }
    }
}

impl<'a, I: Iterator<Item = Piece<'a>>> Iterator for Packed<I> {
    type Item = Vec<Piece<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let first = self.pieces.next()?;
        let most = self.limits.characters;
        let mut size = Size::of(self.query, first.text);
        let mut part = Vec::with_capacity(self.limits.documents.min(32));
        part.push(first);
        while part.len() < self.limits.documents {
            let fits = |piece: &Piece<'_>| size.takes(piece.text, most, &part);
            let Some(piece) = self.pieces.next_if(fits) else {
                break;
            };
            part.push(piece);
        }
        Some(part)
    }
}

/// The characters of a part. They are counted once there may be too many: until then it is
/// enough that every character takes a byte at least.
struct Size {
    query: usize,
    /// Bytes of the texts, or their characters once they are counted.
    texts: usize,
    counted: bool,
}

impl Size {
    fn of(query: usize, text: &str) -> Self {
        Self {
            query,
            texts: text.len(),
            counted: false,
        }
    }

    /// Adds a text to those of the part, unless there would be more than `most` characters.
    fn takes(&mut self, text: &str, most: usize, part: &[Piece<'_>]) -> bool {
        if !self.counted && self.query + self.texts + text.len() > most {
            self.texts = part.iter().map(|piece| piece.text.chars().count()).sum();
            self.counted = true;
        }
        let size = match self.counted {
            true => text.chars().count(),
            false => text.len(),
        };
        let fits = self.query + self.texts + size <= most;
        if fits {
            self.texts += size;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use bigmodel_rerank_api::types::RerankRequest;
    use bigmodel_rerank_api::validation::Validate;

    use super::{Limits, Packed, Piece};

    fn sizes(lengths: &[usize], limits: Limits, query: &str) -> Vec<usize> {
        let texts: Vec<_> = lengths.iter().map(|length| "長".repeat(*length)).collect();
        let pieces = texts
            .iter()
            .enumerate()
            .map(|(document, text)| Piece { document, text });
        let parts: Vec<_> = Packed::new(pieces, limits, query).collect();
        let order: Vec<_> = parts.iter().flatten().map(|piece| piece.document).collect();
        assert_eq!(order, (0..lengths.len()).collect::<Vec<_>>());
        parts.iter().map(Vec::len).collect()
    }

    #[test]
    fn the_count_is_the_contracts() {
        let request = |count| RerankRequest::new("rerank", "a", vec!["b"; count]);
        assert!(request(Limits::MOST_DOCUMENTS).validate().is_ok());
        assert!(request(Limits::MOST_DOCUMENTS + 1).validate().is_err());
    }

    #[test]
    fn parts_end_at_either_limit() {
        assert_eq!(sizes(&[1; 300], Limits::default(), "q"), [128, 128, 44]);
        assert_eq!(sizes(&[4096; 60], Limits::default(), "q"), [29, 29, 2]);
        assert_eq!(sizes(&[4, 4, 4], Limits::new(128, 8), ""), [2, 1]);
        assert_eq!(sizes(&[4, 4, 4], Limits::new(128, 8), "q"), [1, 1, 1]);
        // Texts of fewer characters than bytes, up to the last that fits.
        assert_eq!(sizes(&[1; 9], Limits::new(128, 7), ""), [7, 2]);
        assert_eq!(sizes(&[3, 3, 2, 1], Limits::new(128, 8), ""), [3, 1]);
    }

    #[test]
    fn what_fits_nowhere_goes_alone() {
        assert_eq!(sizes(&[1, 99, 1], Limits::new(128, 8), "q"), [1, 1, 1]);
        assert_eq!(sizes(&[1, 1], Limits::new(0, 8), "q"), [1, 1]);
        assert_eq!(sizes(&[1; 129], Limits::new(500, 1000), "q"), [128, 1]);
        assert_eq!(sizes(&[], Limits::default(), "q"), [0; 0]);
    }
}

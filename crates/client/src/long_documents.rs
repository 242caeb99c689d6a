//! Documents beyond the length that the service takes.

/// The most characters of a document, and of a query, by the contract.
pub(crate) const MOST_CHARACTERS: usize = 4096;

/// What is done about a document of more than 4096 characters.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum LongDocuments {
    /// The call is refused before anything is sent, with the index and length of each.
    #[default]
    Reject,
    /// The first 4096 characters stand for the whole.
    Truncate,
    /// It is split into windows of 4096 characters, each of which begins this many characters
    /// before the end of the one before it; the best window's score is the document's. Each
    /// window is charged as a document.
    Split {
        /// At most 4095; more is taken as 4095.
        overlap: usize,
    },
}

impl LongDocuments {
    /// The texts that are sent for a document.
    pub(crate) fn pieces(self, text: &str) -> Pieces<'_> {
        Pieces {
            how: self,
            rest: Some(text),
        }
    }
}

/// The texts that are sent for a document, one after the other.
pub(crate) struct Pieces<'a> {
    how: LongDocuments,
    rest: Option<&'a str>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest.take()?;
        // Every character takes a byte at least.
        if text.len() <= MOST_CHARACTERS {
            return Some(text);
        }
        match self.how {
            LongDocuments::Reject => Some(text),
            LongDocuments::Truncate => Some(up_to(text, MOST_CHARACTERS)),
            LongDocuments::Split { overlap } => {
                let window = up_to(text, MOST_CHARACTERS);
                if window.len() < text.len() {
                    let overlap = overlap.min(MOST_CHARACTERS - 1);
                    let step = up_to(window, MOST_CHARACTERS - overlap).len();
                    self.rest = text.get(step..);
                }
                Some(window)
            }
        }
    }
}

/// The first so many characters.
fn up_to(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use bigmodel_rerank_api::types::RerankRequest;
    use bigmodel_rerank_api::validation::Validate;

    use super::{LongDocuments, MOST_CHARACTERS};

    #[test]
    fn the_length_is_the_contracts() {
        let request = |length| RerankRequest::new("rerank", "a", ["長".repeat(length)]);
        assert!(request(MOST_CHARACTERS).validate().is_ok());
        assert!(request(MOST_CHARACTERS + 1).validate().is_err());
    }

    #[test]
    fn a_cut_is_between_characters() {
        let text = "長".repeat(5000);
        let cut = |text| LongDocuments::Truncate.pieces(text).collect::<Vec<_>>();
        assert_eq!(cut(&text), ["長".repeat(4096)]);
        let fits = "長".repeat(4096);
        assert_eq!(cut(&fits), [fits.as_str()]);
    }

    #[test]
    fn windows_overlap_and_cover_the_whole() {
        for (length, overlap, count) in [
            (4096, 500, 1),
            (4097, 500, 2),
            (4096 + 3596, 500, 2),
            (4096 + 3597, 500, 3),
            (10_000, 0, 3),
            (4100, 9999, 5),
        ] {
            let text: String = ('a'..='z').cycle().take(length).collect();
            let windows: Vec<_> = LongDocuments::Split { overlap }.pieces(&text).collect();
            assert_eq!(windows.len(), count, "{length} {overlap}");
            assert!(windows.iter().all(|window| window.len() <= MOST_CHARACTERS));
            assert!(text.starts_with(windows[0]) && text.ends_with(windows[count - 1]));
        }
    }
}

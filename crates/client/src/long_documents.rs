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
    pub(crate) fn pieces(self, text: &str) -> Vec<&str> {
        match self {
            // Every character takes a byte at least.
            _ if text.len() <= MOST_CHARACTERS => vec![text],
            Self::Reject => vec![text],
            Self::Truncate => vec![up_to(text, MOST_CHARACTERS)],
            Self::Split { overlap } => windows(text, overlap.min(MOST_CHARACTERS - 1)),
        }
    }
}

/// The first so many characters.
fn up_to(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn windows(text: &str, overlap: usize) -> Vec<&str> {
    let mut windows = Vec::new();
    let mut rest = text;
    loop {
        let window = up_to(rest, MOST_CHARACTERS);
        windows.push(window);
        if window.len() == rest.len() {
            return windows;
        }
        let step = up_to(rest, MOST_CHARACTERS - overlap).len();
        rest = rest.get(step..).unwrap_or_default();
    }
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
        assert_eq!(LongDocuments::Truncate.pieces(&text), ["長".repeat(4096)]);
        let fits = "長".repeat(4096);
        assert_eq!(LongDocuments::Truncate.pieces(&fits), [fits.as_str()]);
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
            let windows = LongDocuments::Split { overlap }.pieces(&text);
            assert_eq!(windows.len(), count, "{length} {overlap}");
            assert!(windows.iter().all(|window| window.len() <= MOST_CHARACTERS));
            assert!(text.starts_with(windows[0]) && text.ends_with(windows[count - 1]));
        }
    }
}

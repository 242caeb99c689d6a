//! Documents that are longer than the service accepts.

use std::borrow::Cow;

/// The most characters of a document, and of a query, by the contract.
pub(crate) const MAX_CHARACTERS: usize = 4096;

/// What happens to documents of more than 4096 characters.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LongDocuments {
    /// The call is an error before anything is sent, which lists index and length of each.
    #[default]
    Reject,
    /// Only the first 4096 characters are ranked.
    Truncate,
    /// Each long document is split into overlapping windows of 4096 characters. The score of its
    /// best window is its score. Each window is charged as a document.
    Split {
        /// The number of characters that a window shares with the previous one, 0 to 4095.
        overlap: usize,
    },
}

impl LongDocuments {
    /// Returns the texts that are sent for a document.
    pub(crate) fn windows(self, text: Cow<'_, str>) -> Windows<'_> {
        Windows {
            policy: self,
            text,
            start: Some(0),
        }
    }
}

/// The texts that are sent for a document, one after the other.
pub(crate) struct Windows<'a> {
    policy: LongDocuments,
    text: Cow<'a, str>,
    /// The byte at which the next text starts.
    start: Option<usize>,
}

impl<'a> Iterator for Windows<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        let start = self.start.take()?;
        // Every character takes at least a byte.
        if start == 0 && self.text.len() <= MAX_CHARACTERS {
            return Some(std::mem::take(&mut self.text));
        }
        let rest = self.text.get(start..)?;
        let window = match self.policy {
            LongDocuments::Reject => rest,
            LongDocuments::Truncate => prefix(rest, MAX_CHARACTERS),
            LongDocuments::Split { overlap } => {
                let window = prefix(rest, MAX_CHARACTERS);
                if window.len() < rest.len() {
                    // An estimate accepts overlaps that a call rejects.
                    let step = MAX_CHARACTERS.saturating_sub(overlap).max(1);
                    self.start = start.checked_add(prefix(window, step).len());
                }
                window
            }
        };
        let end = start.checked_add(window.len())?;
        match &self.text {
            Cow::Borrowed(text) => text.get(start..end).map(Cow::Borrowed),
            Cow::Owned(_) => Some(Cow::Owned(window.to_owned())),
        }
    }
}

/// Returns the first characters of a text.
fn prefix(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use bigmodel_rerank_api::types::RerankRequest;
    use bigmodel_rerank_api::validation::Validate;

    use super::{LongDocuments, MAX_CHARACTERS};

    #[test]
    fn the_length_is_the_contracts() {
        let request = |length| RerankRequest::new("rerank", "a", ["长".repeat(length)]);
        assert!(request(MAX_CHARACTERS).validate().is_ok());
        assert!(request(MAX_CHARACTERS + 1).validate().is_err());
    }

    #[test]
    fn a_cut_is_between_characters() {
        let text = "长".repeat(5000);
        let truncated = LongDocuments::Truncate.windows(Cow::Borrowed(&text));
        assert_eq!(truncated.collect::<Vec<_>>(), ["长".repeat(4096)]);
        let fits = "长".repeat(4096);
        let whole = LongDocuments::Truncate.windows(Cow::Borrowed(&fits));
        assert_eq!(whole.collect::<Vec<_>>(), [fits.as_str()]);
    }

    #[test]
    fn windows_overlap_and_cover_the_whole() {
        for (length, overlap, count) in [
            (4096, 500, 1),
            (4097, 500, 2),
            (4096 + 3596, 500, 2),
            (4096 + 3597, 500, 3),
            (10_000, 0, 3),
            (4100, 4095, 5),
        ] {
            let text: String = ('a'..='z').cycle().take(length).collect();
            let split = LongDocuments::Split { overlap };
            let windows: Vec<_> = split.windows(Cow::Borrowed(&text)).collect();
            assert_eq!(windows.len(), count, "{length} {overlap}");
            assert!(windows.iter().all(|window| window.len() <= MAX_CHARACTERS));
            assert!(text.starts_with(&*windows[0]) && text.ends_with(&*windows[count - 1]));
            let owned: Vec<_> = split.windows(Cow::Owned(text.clone())).collect();
            assert_eq!(owned, windows);
        }
    }
}

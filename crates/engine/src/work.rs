//! The cost of scoring a request, known before it is scored.

use unicode_normalization::char::decompose_compatible;

use crate::characters::is_ideograph;

/// Returns the cost of scoring the documents against the query.
///
/// The unit is one character after compatibility decomposition (NFKD), the longest form of a text
/// in [`Lexical`](crate::Lexical); query and documents count once each. The time to score a request
/// is proportional to this number, not to the length of the texts: the single character U+FDFA
/// decomposes to 18. In ASCII and ordinary Chinese text, each character counts one.
///
/// The computation takes a small fraction of the time of scoring, so that a server can reject or
/// queue a request before it is scored. The sum saturates instead of overflowing.
///
/// ```
/// use bigmodel_rerank_engine::work;
///
/// assert_eq!(work("tea", &["green tea", "绿茶"]), 3 + 9 + 2);
/// assert_eq!(work("", &["\u{fdfa}"]), 18);
/// ```
#[must_use]
pub fn work(query: &str, documents: &[impl AsRef<str>]) -> usize {
    documents
        .iter()
        .map(|document| decomposed_length(document.as_ref()))
        .fold(decomposed_length(query), usize::saturating_add)
}

fn decomposed_length(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut length = 0_usize;
    for c in text.chars() {
        // Neither decomposes, and this check is faster than a lookup.
        if c.is_ascii() || is_ideograph(c) {
            length = length.saturating_add(1);
        } else {
            decompose_compatible(c, |_| length = length.saturating_add(1));
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::work;

    #[test]
    fn every_text_counts_by_its_expanded_length() {
        for (text, expected) in [
            ("", 0),
            ("C++", 3),
            ("法国的首都", 5),
            ("é", 2),
            ("각", 3),
            ("ﬃ", 3),
            ("㍿", 4),
            ("ﷺ", 18),
        ] {
            assert_eq!(work(text, &[] as &[&str]), expected, "{text}");
            assert_eq!(work("", &[text, text]), 2 * expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_expanded_length_is_that_of_the_decomposition(text in ".{0,30}") {
            proptest::prop_assert_eq!(work(&text, &[] as &[&str]), text.nfkd().count());
        }
    }
}

//! How much work a request is, known before it is done.

use unicode_normalization::char::decompose_compatible;

use crate::stretches::is_ideograph;

/// Returns how much work it is to score the documents against the query.
///
/// The unit is one character after compatibility decomposition (NFKD), the longest form that a
/// text takes on its way through [`Lexical`](crate::Lexical); query and documents count once
/// each. The time to score a request grows in proportion to this number, and not to the length
/// of the texts as they arrive: the single character U+FDFA becomes 18. In a text of ASCII or
/// of ordinary Chinese, each character counts one.
///
/// It takes a small part of the time that scoring takes, so that a server can refuse a request,
/// or make it wait, before it is scored. The sum saturates instead of overflowing.
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
        // Both stay as they are, which is faster to see than to look up.
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

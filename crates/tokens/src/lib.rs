//! How many tokens a text has, near enough to tell what a call will cost.
//!
#![doc = include_str!("../README.md")]

use unicode_script::{Script, UnicodeScript};

/// Letters of one token, in words of alphabets: longer words are more than one.
const LETTERS: usize = 10;
/// Digits of one token.
const DIGITS: usize = 3;

/// An estimate of the tokens in `text`: one for each Han character, kana and Hangul syllable,
/// one for each ten letters begun of any other word, one for each three digits begun, one for
/// each other sign, none for white space.
#[must_use]
pub fn count_tokens(text: &str) -> usize {
    let mut count = 0;
    let (mut letters, mut digits) = (0, 0);
    for c in text.chars() {
        if is_ideograph(c) {
            // What the rest comes to as well, with less work.
            count += 1;
            (letters, digits) = (0, 0);
            continue;
        }
        let is_digit = c.is_numeric();
        let is_letter = !is_digit && c.is_alphabetic() && !is_dense(c);
        // A token begins with the first letter or digit of its share of a run.
        count += usize::from(is_letter && letters % LETTERS == 0);
        count += usize::from(is_digit && digits % DIGITS == 0);
        count += usize::from(!is_letter && !is_digit && !c.is_whitespace());
        letters = if is_letter { letters + 1 } else { 0 };
        digits = if is_digit { digits + 1 } else { 0 };
    }
    count
}

/// A Han character of the main block: dense, and neither letter nor digit.
fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a character says about as much as a short word.
fn is_dense(c: char) -> bool {
    !c.is_ascii()
        && matches!(
            c.script(),
            Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul
        )
}

#[cfg(test)]
mod tests {
    use super::count_tokens;

    #[test]
    fn words_signs_digits_and_han_count_apart() {
        assert_eq!(count_tokens(""), 0);
        assert_eq!(count_tokens(" \n\t"), 0);
        assert_eq!(count_tokens("capital"), 1);
        assert_eq!(count_tokens("internationalization"), 2);
        assert_eq!(count_tokens("Hello, world!"), 4);
        assert_eq!(count_tokens("20241120"), 3);
        assert_eq!(count_tokens("法国的首都是巴黎。"), 9);
        assert_eq!(count_tokens("GPT-4 很快"), 5);
    }

    #[test]
    fn an_ideograph_is_dense_and_neither_digit_nor_space() {
        for c in '\u{4e00}'..='\u{9fff}' {
            assert!(
                super::is_dense(c) && !c.is_numeric() && !c.is_whitespace(),
                "{c}"
            );
        }
    }

    #[test]
    fn the_documented_request_is_counted_within_a_token_or_two() {
        let query = "What is the capital of the United States?";
        let documents = [
            "Carson City is the capital city of the American state of Nevada.",
            "Washington, D.C. (also known as simply Washington or D.C., and officially as the \
             District of Columbia) is the capital of the United States. It is a federal district.",
        ];
        let counted = count_tokens(query) * documents.len()
            + documents.map(count_tokens).iter().sum::<usize>();
        assert_eq!(counted, 71);
    }
}

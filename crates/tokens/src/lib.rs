//! Estimates the number of tokens in a text, to estimate the cost of a call.
//!
#![doc = include_str!("../README.md")]

use std::str::Chars;

use unicode_script::{Script, UnicodeScript};

/// Letters per token in alphabetic words.
const LETTERS: usize = 10;
/// Digits per token.
const DIGITS: usize = 3;

/// Returns an estimate of the tokens in `text`: one per Han character, kana and Hangul syllable,
/// one per ten letters (rounded up) of any other word, one per three digits (rounded up), one per
/// other character, and none for white space.
#[must_use]
pub fn count_tokens(text: &str) -> usize {
    let mut count = 0;
    let (mut letters, mut digits) = (0, 0);
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if is_ideograph(c) || is_punctuation(c) {
            // The general case below gives the same count with more work.
            count += 1;
            (letters, digits) = (0, 0);
            continue;
        }
        // A token begins with the first of each ten letters or three digits of a run.
        if c.is_ascii_alphabetic() {
            let total = letters + 1 + skip_letters(&mut characters);
            count += tokens(total, LETTERS) - tokens(letters, LETTERS);
            (letters, digits) = (total, 0);
            continue;
        }
        let is_digit = c.is_numeric();
        let is_letter = !is_digit && !c.is_ascii() && c.is_alphabetic() && !is_dense(c);
        count += usize::from(is_letter && letters % LETTERS == 0);
        count += usize::from(is_digit && digits % DIGITS == 0);
        count += usize::from(!is_letter && !is_digit && !c.is_whitespace());
        letters = if is_letter { letters + 1 } else { 0 };
        digits = if is_digit { digits + 1 } else { 0 };
    }
    count
}

/// Skips ASCII letters and returns their number.
fn skip_letters(characters: &mut Chars<'_>) -> usize {
    let rest = characters.as_str();
    let length = rest
        .bytes()
        .position(|byte| !byte.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    *characters = rest.get(length..).unwrap_or_default().chars();
    length
}

/// Returns the tokens of a run of `length` characters. Most runs have one token, which needs no
/// division.
fn tokens(length: usize, characters: usize) -> usize {
    match length {
        0 => 0,
        _ if length <= characters => 1,
        _ => length.div_ceil(characters),
    }
}

/// Returns whether the character is in the main block of Han characters, which are dense.
fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Returns whether the character is punctuation that is common in Chinese texts.
fn is_punctuation(c: char) -> bool {
    !c.is_ascii()
        && matches!(
            c,
            '\u{2010}'..='\u{2027}'
                | '\u{3001}'..='\u{3004}'
                | '\u{3008}'..='\u{3020}'
                | '\u{ff01}'..='\u{ff0f}'
                | '\u{ff1a}'..='\u{ff20}'
        )
}

/// Returns whether a single character carries about as much meaning as a short word.
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
    fn words_punctuation_digits_and_han_characters_count_separately() {
        assert_eq!(count_tokens(""), 0);
        assert_eq!(count_tokens(" \n\t"), 0);
        assert_eq!(count_tokens("capital"), 1);
        assert_eq!(count_tokens("internationalization"), 2);
        assert_eq!(count_tokens("Hello, world!"), 4);
        assert_eq!(count_tokens("20241120"), 3);
        assert_eq!(count_tokens("法国的首都是巴黎。"), 9);
        assert_eq!(count_tokens("GPT-4 很快"), 5);
    }

    /// Counts by the rules, one character at a time.
    fn by_the_rules(text: &str) -> usize {
        let (mut count, mut letters, mut digits) = (0, 0, 0);
        for c in text.chars() {
            let is_digit = c.is_numeric();
            let is_letter = !is_digit && c.is_alphabetic() && !super::is_dense(c);
            count += usize::from(is_letter && letters % super::LETTERS == 0);
            count += usize::from(is_digit && digits % super::DIGITS == 0);
            count += usize::from(!is_letter && !is_digit && !c.is_whitespace());
            letters = if is_letter { letters + 1 } else { 0 };
            digits = if is_digit { digits + 1 } else { 0 };
        }
        count
    }

    #[test]
    fn every_character_counts_by_the_rules_in_any_context() {
        for c in '\0'..=char::MAX {
            for text in [format!("{c}"), format!("abcdefghi{c}jk1{c}22{c}")] {
                assert_eq!(count_tokens(&text), by_the_rules(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn runs_count_by_the_rules() {
        for letters in 0..25 {
            for digits in 0..8 {
                let (letters, digits) = ("x".repeat(letters), "7".repeat(digits));
                let text = format!("{letters}{digits}é{letters} {digits}，{digits}٣{digits}");
                assert_eq!(count_tokens(&text), by_the_rules(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn the_documented_request_has_one_token_less_than_the_service_counts() {
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

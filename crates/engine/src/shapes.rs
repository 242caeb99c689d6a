//! Words with punctuation that is part of them, or with alternate forms: "C++", "C#", ".NET",
//! "Node.js", "e-mail", "R&D".

use std::ops::Range;

use crate::terms::{Form, Sink, Stemming};

/// The maximum length of the first part of "e-mail" or "R&D" that is joined with the second: longer
/// parts are usually words that nobody writes as one.
const MAX_PART: usize = 3;

/// Returns whether a word may have punctuation or alternate forms, by the bytes around it.
pub(crate) fn has_shape(text: &[u8], word: Range<usize>) -> bool {
    match text.get(word.end) {
        Some(b'+' | b'#') => true,
        Some(b'-' | b'&') => word.len() <= MAX_PART,
        _ => word.len() == NET.len() && is_net(text, word),
    }
}

/// Passes the word in this range of a folded text to the sink, and its alternate forms.
pub(crate) fn emit_word(text: &str, at: Range<usize>, sink: &mut impl Sink) {
    let bytes = text.as_bytes();
    let Some(word) = text.get(at.clone()) else {
        return;
    };
    if let Some(name) = with_sign(bytes, at.clone()).and_then(|name| text.get(name)) {
        // "C++" is not C, but "notepad" is also a name of Notepad++.
        if word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return sink.word(name, Stemming::None, Form::Main);
        }
        sink.word(name, Stemming::None, Form::Alternate);
    }
    if is_net(bytes, at.clone()) {
        return sink.word(NET_NAME, Stemming::None, Form::Main);
    }
    sink.word(word, Stemming::for_word(word), Form::Main);
    emit_parts(word, sink);
    emit_joined(bytes, at, sink);
}

/// Returns the range of a name that ends in punctuation: any word with `++`, a letter with `#` or
/// `+`. The text after it shows whether it is an operator or an anchor instead: "a+b", "page#top".
fn with_sign(text: &[u8], word: Range<usize>) -> Option<Range<usize>> {
    let after = text.get(word.end..)?;
    let is_letter = word.len() == 1 && text.get(word.start)?.is_ascii_alphabetic();
    let (length, next) = match after {
        [b'+', b'+', next @ ..] => (2, next),
        [b'#' | b'+', next @ ..] if is_letter => (1, next),
        _ => return None,
    };
    // "C++17" and "C#8" are versions; "A+1" is a sum.
    let is_sum = length == 1 && after.first() == Some(&b'+');
    let continues = next.first().is_some_and(|next| {
        next.is_ascii_alphabetic() || matches!(next, b'+' | b'#') || is_sum && next.is_ascii_digit()
    });
    (!continues).then(|| word.start..word.end + length)
}

const NET: &[u8] = b"net";
const NET_NAME: &str = ".net";

/// Returns whether the word is the name ".NET". It is the only common name that means something
/// else without its leading dot; ".env" and ".gitignore" match without it.
fn is_net(text: &[u8], word: Range<usize>) -> bool {
    let before = text.get(..word.start).unwrap_or_default();
    let is_name = match before {
        [.., other, b'.'] => !other.is_ascii_alphanumeric() && *other != b'.',
        [b'.'] => true,
        _ => false,
    };
    is_name
        && text
            .get(word)
            .is_some_and(|word| word.eq_ignore_ascii_case(NET))
}

/// Passes the parts of a name with dots, such as "node.js" or "example.com", to the sink as
/// alternate forms. Numbers and abbreviations such as "3.5", "v1.2" and "U.S" have none.
fn emit_parts(word: &str, sink: &mut impl Sink) {
    let is_part =
        |part: &str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !word.contains('.') || !word.split('.').all(is_part) {
        return;
    }
    for (index, part) in word.split('.').enumerate() {
        if index > 0 && part.as_bytes().eq_ignore_ascii_case(NET) {
            sink.word(NET_NAME, Stemming::None, Form::Alternate);
        } else {
            sink.word(part, Stemming::for_word(part), Form::Alternate);
        }
    }
}

/// Passes "email" for "e-mail", and "r&d" for "R&D", to the sink as alternate forms.
fn emit_joined(text: &[u8], word: Range<usize>, sink: &mut impl Sink) {
    let before = word.start.checked_sub(1).and_then(|at| text.get(at));
    let Some((sign @ (b'-' | b'&'), after)) = text.get(word.end..).and_then(<[u8]>::split_first)
    else {
        return;
    };
    let first = text.get(word).unwrap_or_default();
    let letters = after
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let second = after.get(..letters).unwrap_or_default();
    let all_letters = first.iter().all(u8::is_ascii_alphabetic);
    let continues = after
        .get(letters)
        .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'_');
    if !all_letters || first.len() > MAX_PART || continues || before == Some(sign) {
        return;
    }
    let joined = match sign {
        b'-' if letters >= 2 => [first, second].concat(),
        b'&' if (1..=MAX_PART).contains(&letters) && (first.len() == 1 || letters == 1) => {
            [first, b"&", second].concat()
        }
        _ => return,
    };
    if let Ok(joined) = String::from_utf8(joined) {
        let stemming = if *sign == b'-' {
            Stemming::for_word(&joined)
        } else {
            Stemming::None
        };
        sink.word(&joined, stemming, Form::Alternate);
    }
}

//! The words of ASCII text by the general rules (UAX 29), which are few there.

use crate::shapes::{emit_word, has_shape};
use crate::terms::{Form, Sink, Stemming};

/// What the rules make of a byte.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Class {
    Letter,
    Digit,
    /// `_` joins letters and digits, and is no word without them.
    Underscore,
    /// `:` joins letters.
    Colon,
    /// `,` and `;` join digits.
    Comma,
    /// `.` and `'` join letters, and join digits.
    Dot,
    Other,
}

#[allow(
    clippy::indexing_slicing,
    reason = "the compiler fills the table, and would refuse an index outside it"
)]
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Underscore,
            b':' => Class::Colon,
            b',' | b';' => Class::Comma,
            b'.' | b'\'' => Class::Dot,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES
        .get(usize::from(byte))
        .copied()
        .unwrap_or(Class::Other)
}

/// Gives each word of a text of ASCII characters to the sink.
pub(crate) fn each_ascii_word(text: &str, sink: &mut impl Sink) {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).map_or(Class::Other, |byte| class(*byte));
    let mut index = 0;
    while index < bytes.len() {
        if !matches!(at(index), Class::Letter | Class::Digit | Class::Underscore) {
            index += 1;
            continue;
        }
        let start = index;
        let mut last = at(index);
        let mut is_word = last != Class::Underscore;
        let mut is_joined = false;
        index += 1;
        loop {
            let next = at(index);
            match next {
                Class::Letter | Class::Digit => is_word = true,
                Class::Underscore => {}
                Class::Other => break,
                joint => {
                    let joins = matches!(
                        (last, joint, at(index + 1)),
                        (Class::Letter, Class::Colon | Class::Dot, Class::Letter)
                            | (Class::Digit, Class::Comma | Class::Dot, Class::Digit)
                    );
                    if !joins {
                        break;
                    }
                    is_joined = true;
                }
            }
            last = next;
            index += 1;
        }
        if !is_word {
            continue;
        }
        if is_joined || has_shape(bytes, start..index) {
            emit_word(text, start..index, sink);
        } else if let Some(word) = text.get(start..index) {
            sink.word(word, Stemming::of(word), Form::Main);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::each_ascii_word;
    use crate::terms::{Form, Sink, Stemming};

    struct Words(Vec<String>);

    impl Sink for Words {
        fn word(&mut self, word: &str, _: Stemming, form: Form) {
            if form == Form::Main {
                self.0.push(word.to_owned());
            }
        }

        fn gram(&mut self, _: char, _: Option<char>) {}
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_general_rules(text in "[a-cX0-2_.:,;'\"!\r\n -]{0,16}|[ -\"$-*,-~]{0,16}") {
            // Names with signs are another matter.
            prop_assume!(!text.to_lowercase().contains(".net"));
            let mut words = Words(Vec::new());
            each_ascii_word(&text, &mut words);
            prop_assert_eq!(words.0, text.unicode_words().collect::<Vec<_>>());
        }
    }
}

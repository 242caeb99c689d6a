//! Neighbouring characters of scripts without spaces between words.

use unicode_script::Script;

use crate::characters::script_of;
use crate::terms::Sink;

/// The characters read so far of an uninterrupted run.
#[derive(Default)]
pub(crate) struct Grams {
    previous: Option<char>,
    /// Whether the previous character is no term yet: it is alone so far, and not Han.
    alone: bool,
}

impl Grams {
    /// Continues the run: each pair of neighbours is a term, and each Han character.
    pub(crate) fn extend(&mut self, text: &str, sink: &mut impl Sink) {
        for c in text.chars() {
            let is_han = script_of(c) == Script::Han;
            if is_han {
                sink.gram(c, None);
            }
            self.alone = match self.previous {
                Some(previous) => {
                    sink.gram(previous, Some(c));
                    false
                }
                None => !is_han,
            };
            self.previous = Some(c);
        }
    }

    /// Ends the run. A character that was alone in it is a term.
    pub(crate) fn end(&mut self, sink: &mut impl Sink) {
        if let (Some(c), true) = (self.previous, self.alone) {
            sink.gram(c, None);
        }
        *self = Self::default();
    }
}

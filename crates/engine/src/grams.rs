//! Character n-grams of scripts without spaces between words.

use unicode_script::Script;

use crate::characters::script_of;
use crate::terms::Sink;

/// The state of an uninterrupted run of characters.
#[derive(Default)]
pub(crate) struct Grams {
    previous: Option<char>,
    /// Whether the previous character is not part of any term yet: the first of its run, and not
    /// Han.
    alone: bool,
}

impl Grams {
    /// Continues the run: each pair of neighbours and each Han character is a term.
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

    /// Ends the run. The only character of a run is a term.
    pub(crate) fn end(&mut self, sink: &mut impl Sink) {
        if let (Some(c), true) = (self.previous, self.alone) {
            sink.gram(c, None);
        }
        *self = Self::default();
    }
}

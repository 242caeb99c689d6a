//! Line numbers of records.

/// Counts lines on the way through a text. The csv crate gives the offset where the previous record
/// ended, which is before the line feed of CRLF and before blank lines; the line of a record is
/// the one where it starts.
pub(super) struct LineCounter<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// Returns the line of the record that follows this offset, which only ever grows.
    pub(super) fn line_of(&mut self, offset: u64) -> u64 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = self.bytes.get(offset..).unwrap_or_default();
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let start = offset.saturating_add(ends.count());
        let passed = self.bytes.get(self.at..start).unwrap_or_default();
        self.line = self.line.saturating_add(line_ends(passed));
        self.at = start.max(self.at);
        self.line
    }
}

/// Counts LF, CRLF and CR.
fn line_ends(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut before = 0;
    for byte in bytes {
        count += u64::from(*byte == b'\r' || *byte == b'\n' && before != b'\r');
        before = *byte;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::LineCounter;

    #[test]
    fn every_form_of_line_end_counts_once() {
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc", "a\r\nb\n\rc"] {
            let mut lines = LineCounter::new(text);
            let at = |c| text.find(c).unwrap() as u64;
            assert_eq!(lines.line_of(0), 1, "{text:?}");
            // Right after the record before, as after its line end.
            assert_eq!(lines.line_of(at('a') + 1), 2, "{text:?}");
            assert_eq!(lines.line_of(at('b')), 2, "{text:?}");
            assert_eq!(lines.line_of(at('b') + 1), 4, "{text:?}");
            assert_eq!(lines.line_of(at('c')), 4, "{text:?}");
        }
    }
}

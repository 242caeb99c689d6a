//! Invalid quotes in CSV, which the csv crate reads without an error, as a field that goes on to
//! the end of the file.

/// A quote that is not closed, or closed before the end of a field.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Problem {
    /// The quote in this line is never closed.
    Unclosed(u64),
    /// A quoted field, opened in the one line, has text after its closing quote in the other.
    TextAfter(u64, u64),
}

enum State {
    FieldStart,
    Unquoted,
    Quoted,
    /// After a quote in a quoted field, which closes it or begins an escaped quote.
    QuoteInQuoted,
}

/// Returns the first problem.
pub(super) fn check(text: &str, delimiter: u8) -> Option<Problem> {
    let mut state = State::FieldStart;
    let (mut line, mut opened, mut before) = (1, 1, 0);
    for byte in text.bytes() {
        let ends_line = byte == b'\r' || byte == b'\n';
        state = match (state, byte) {
            (State::FieldStart, b'"') => {
                opened = line;
                State::Quoted
            }
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) | (State::QuoteInQuoted, b'"') => State::Quoted,
            (_, byte) if byte == delimiter || ends_line => State::FieldStart,
            (State::QuoteInQuoted, byte) if byte != b' ' && byte != b'\t' => {
                return Some(Problem::TextAfter(opened, line));
            }
            _ => State::Unquoted,
        };
        line += u64::from(byte == b'\r' || byte == b'\n' && before != b'\r');
        before = byte;
    }
    matches!(state, State::Quoted).then_some(Problem::Unclosed(opened))
}

#[cfg(test)]
mod tests {
    use super::{Problem, check};

    #[test]
    fn quotes_that_do_not_close_where_the_field_ends_are_found() {
        for (text, problem) in [
            ("a,b\n1,\"x\ny\n2,z\n", Some(Problem::Unclosed(2))),
            (
                "a,b\r\n1,\"x\r\n2,\"y\"\r\n",
                Some(Problem::TextAfter(2, 3)),
            ),
            ("a\n\"x\\\"y\"\n", Some(Problem::TextAfter(2, 2))),
            ("a\n\"x\"\"\n", Some(Problem::Unclosed(2))),
            ("a,b\n\"x\"\"y\"\"\",\"\"\n", None),
            ("a,b\n5\" pipe,it\"s\n", None),
            ("a,b\n\"x\" ,\"y\"\t\n", None),
            ("\"a\r\nb\"\r\n\"\"", None),
            ("", None),
        ] {
            assert_eq!(check(text, b','), problem, "{text:?}");
        }
    }
}

//! Finds quotes of CSV files that are not closed, which would make one value of many rows.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::failure::Failure;
use crate::tables::Table;

/// The bytes that are read at a time.
const BYTES: usize = 1 << 18;

/// Checks that the quotes of a file are closed.
///
/// A file whose quotes are an even number is taken as it is: to count is much faster than to read.
pub(crate) fn check(table: &Table, file: &Path) -> io::Result<Result<(), Failure>> {
    let mut quotes = 0;
    each_part(file, |part| {
        quotes += part.iter().filter(|byte| **byte == b'"').count()
    })?;
    if quotes % 2 == 0 {
        return Ok(Ok(()));
    }
    let mut scanner = Scanner::default();
    each_part(file, |part| {
        part.iter().for_each(|byte| scanner.read(*byte))
    })?;
    let (opened, problem) = match scanner {
        Scanner {
            after: Some((opened, line)),
            ..
        } => (
            opened,
            format!("text follows its closing quote in line {line}"),
        ),
        Scanner {
            state: State::Quoted,
            opened,
            ..
        } => (opened, "it is never closed".to_owned()),
        _ => return Ok(Ok(())),
    };
    Ok(Err(Failure::usage(
        format!(
            "table {}: {}, line {opened}: a value begins with a quote, and {problem}",
            table.name,
            file.display()
        ),
        "close the quote, and write a quote inside of a value twice",
    )))
}

/// Reads a file in parts.
fn each_part(file: &Path, mut work: impl FnMut(&[u8])) -> io::Result<()> {
    let mut file = File::open(file)?;
    let mut buffer = vec![0; BYTES];
    loop {
        let count = file.read(&mut buffer)?;
        match buffer.get(..count) {
            Some(part) if count > 0 => work(part),
            _ => return Ok(()),
        }
    }
}

/// Where a byte is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// At the beginning of a value.
    #[default]
    Begin,
    /// In a value without quotes, where a quote is a character.
    Plain,
    Quoted,
    /// After a quote in quotes, which ends them or is the first of two.
    Quote,
}

/// Reads bytes, and remembers the first text after a closing quote.
#[derive(Debug)]
struct Scanner {
    state: State,
    line: usize,
    /// The line where the last quote was opened.
    opened: usize,
    /// The line of the quote, and that of the text after it.
    after: Option<(usize, usize)>,
}

impl Default for Scanner {
    fn default() -> Self {
        Self {
            state: State::Begin,
            line: 1,
            opened: 1,
            after: None,
        }
    }
}

impl Scanner {
    fn read(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::Begin, b'"') => {
                self.opened = self.line;
                State::Quoted
            }
            (State::Quoted, b'"') => State::Quote,
            (State::Quoted, _) | (State::Quote, b'"') => State::Quoted,
            (_, b',' | b'\n' | b'\r') => State::Begin,
            (State::Quote, _) => {
                self.after = self.after.or(Some((self.opened, self.line)));
                State::Plain
            }
            (State::Begin | State::Plain, _) => State::Plain,
        };
        if byte == b'\n' {
            self.line += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scanner, State};

    fn scanned(text: &str) -> Scanner {
        let mut scanner = Scanner::default();
        text.bytes().for_each(|byte| scanner.read(byte));
        scanner
    }

    #[test]
    fn closed_quotes_and_quotes_inside_of_plain_values_are_valid() {
        for text in [
            "",
            "a,b\n1,\"x\"\n",
            "a\n\"x \"\"y\"\" z\"\r\n",
            "a\n\"x,\ny\"\n",
            "a\n5\" pipe\n",
            "a\n\"\"\n",
        ] {
            let scanner = scanned(text);
            assert_eq!(scanner.after, None, "{text}");
            assert_ne!(scanner.state, State::Quoted, "{text}");
        }
    }

    #[test]
    fn open_quotes_have_a_line() {
        let scanner = scanned("a\nb\n\"x\ny\n");
        assert_eq!((scanner.state, scanner.opened), (State::Quoted, 3));
        let scanner = scanned("a\n\"x\ny,\"z\"\n\"v\"");
        assert_eq!(scanner.after, Some((2, 3)));
    }
}

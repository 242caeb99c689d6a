//! Text from files and from standard input, and its lines.

mod formats;

use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::path::Path;

use crate::failure::Failure;

/// Returns all of a file, or of standard input for `-`, without a byte order mark.
pub(crate) fn text_of(file: &Path, name: &str) -> Result<String, Failure> {
    let bytes = match file == Path::new("-") {
        true => standard_input()?,
        false => fs::read(file).map_err(|error| {
            let help = match error.kind() {
                ErrorKind::IsADirectory => "name the files in it",
                _ => "",
            };
            Failure::new(format!("{name}: {error}"), help)
        })?,
    };
    formats::check(&bytes, name)?;
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))?;
    if let Some(at) = text.find('\0') {
        return Err(Failure::usage(
            format!("{name}:{}: NUL byte in text", line_at(text.as_bytes(), at)),
            "if the file is text, remove them: tr -d '\\000' < FILE",
        ));
    }
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

fn standard_input() -> Result<Vec<u8>, Failure> {
    let mut input = io::stdin().lock();
    if input.is_terminal() {
        return Err(Failure::usage(
            "nothing to read: standard input is a terminal",
            "name files, or pipe something in; `rerank --help` lists the commands",
        ));
    }
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("standard input: {error}"), ""))?;
    Ok(bytes)
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Failure {
    let (bytes, valid) = (error.as_bytes(), error.utf8_error().valid_up_to());
    let line = line_at(bytes, valid);
    if bytes.contains(&0) {
        return Failure::usage(
            format!("{name}: the file is binary, expected UTF-8 text"),
            "export it as text first",
        );
    }
    match bytes.get(valid..).unwrap_or_default() {
        // U+D800 to U+DFFF, encoded like UTF-8.
        [0xed, 0xa0..=0xbf, ..] => Failure::usage(
            format!("{name}:{line}: unpaired surrogate, which UTF-8 cannot encode"),
            "the program that wrote the file split a character; split texts between characters",
        ),
        _ => Failure::usage(
            format!("{name}:{line}: the text is not UTF-8"),
            "convert it first, for example from Windows-1252: iconv -f CP1252 -t UTF-8",
        ),
    }
}

/// Returns the line, from 1, that has the byte at `at`.
fn line_at(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or_default();
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

/// Returns the lines that are not blank, with their numbers. A text without line feeds is split
/// at carriage returns.
pub(crate) fn numbered(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let end = match text.contains('\n') {
        true => '\n',
        false => '\r',
    };
    let lines = (1..).zip(text.split(end).map(|line| line.trim_end_matches('\r')));
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// Whether standard input may have data: a file, a pipe or a socket, but not a terminal or
/// `/dev/null`.
#[cfg(unix)]
pub(crate) fn has_standard_input() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;

    let input = io::stdin().as_fd().try_clone_to_owned();
    let about = input.and_then(|input| fs::File::from(input).metadata());
    about.is_ok_and(|about| !about.file_type().is_char_device())
}

/// Whether standard input may have data: it is not a terminal.
#[cfg(not(unix))]
pub(crate) fn has_standard_input() -> bool {
    !io::stdin().is_terminal()
}

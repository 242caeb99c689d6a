//! Text from files and from standard input, line by line.

use std::borrow::Cow;
use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::path::Path;

use crate::failure::Failure;

/// All of a file, or of standard input for `-`, without a byte order mark.
pub(crate) fn text_of(file: &Path, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        let mut input = io::stdin().lock();
        if input.is_terminal() {
            return Err(Failure::usage(
                "nothing to read: standard input is a terminal",
                "name files, or pipe something in; `rerank --help` lists the commands",
            ));
        }
        input
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::new(format!("standard input: {error}"), ""))?;
    } else {
        bytes = fs::read(file).map_err(|error| {
            let help = match error.kind() {
                ErrorKind::IsADirectory => "name the files in it",
                _ => "",
            };
            Failure::new(format!("{name}: {error}"), help)
        })?;
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let sound = error
            .as_bytes()
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or_default();
        let line = 1 + sound.iter().filter(|byte| **byte == b'\n').count();
        Failure::usage(
            format!("{name}:{line}: the text is not UTF-8"),
            "convert it first, for example with iconv",
        )
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

/// The lines that are not blank, with their numbers.
pub(crate) fn numbered(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let lines = (1..).zip(text.lines());
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// The text, with control characters escaped: nothing in it moves the cursor of a terminal or
/// changes what is on it.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    out.into()
}

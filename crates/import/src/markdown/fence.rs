//! Code fences: their markers, and which of them hold OpenAPI.

use std::rc::Rc;

use super::block::without_indent;
use crate::operation::is_method;

/// A fence that holds OpenAPI, with the heading and text that belong to it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fence<'a> {
    /// The first line of its content, counted from 1.
    pub(crate) line: usize,
    pub(crate) text: &'a str,
    /// The method and path in its info string.
    pub(crate) operation: Option<(&'a str, &'a str)>,
    /// The heading above it.
    pub(crate) title: Option<Rc<str>>,
    /// The text between that heading and the fence.
    pub(crate) description: Option<Rc<str>>,
}

impl Fence<'_> {
    /// Returns the number of bytes to read for this fence: each line above it counts as one.
    pub(crate) fn size(&self) -> usize {
        let texts = [&self.title, &self.description].into_iter().flatten();
        self.line + self.text.len() + texts.map(|text| text.len()).sum::<usize>()
    }
}

/// The opening marker of a fence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening<'a> {
    marker: char,
    length: usize,
    pub(super) info: &'a str,
}

impl<'a> Opening<'a> {
    /// Reads the line that opens a fence; `None` for any other line.
    pub(super) fn read(line: &'a str) -> Option<Self> {
        let line = without_indent(line)?;
        let marker = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = line.trim_start_matches(marker);
        let length = line.len() - info.len();
        // With another backtick on the line, it is inline code.
        (length >= 3 && !(marker == '`' && info.contains('`'))).then(|| Self {
            marker,
            length,
            info: info.trim(),
        })
    }

    /// Whether `line` closes the fence.
    pub(super) fn is_closed_by(self, line: &str) -> bool {
        let Some(line) = without_indent(line) else {
            return false;
        };
        let rest = line.trim_start_matches(self.marker);
        line.len() - rest.len() >= self.length && rest.trim().is_empty()
    }
}

/// Returns the method and path of an info string, after the language and the file.
pub(super) fn operation(info: &str) -> Option<(&str, &str)> {
    let mut words = info.split_whitespace().skip(1).peekable();
    while let Some(word) = words.next() {
        let next = words.peek().copied().unwrap_or_default();
        let names_operation = is_method(word) && next.starts_with('/');
        if names_operation || word.eq_ignore_ascii_case("webhook") && !next.is_empty() {
            return Some((word, next));
        }
    }
    None
}

/// Whether a fence with this info string and text holds OpenAPI.
pub(super) fn holds_openapi(info: &str, text: &str) -> bool {
    let language = info.split_whitespace().next().unwrap_or_default();
    if !["", "yaml", "yml", "json"].contains(&language.to_ascii_lowercase().as_str()) {
        return false;
    }
    let has_key = |key: &str| {
        let mut lines = text.lines().map(|line| line.trim_start_matches('\u{feff}'));
        lines.any(|line| line.starts_with(key))
    };
    operation(info).is_some()
        || has_key("openapi:")
        || has_key("paths:") && (text.contains("schemaArray:") || text.contains("\n  method:"))
}

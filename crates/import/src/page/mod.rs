//! Splits a Markdown page into the fences that hold OpenAPI, the text above each of them, and
//! the rest of the page.

use bigmodel_rerank_openapi::Method;

use crate::log::Log;

/// A fence that holds OpenAPI, and the heading and text right above it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fence<'a> {
    /// The first line of its content, counted from 1.
    pub(crate) line: usize,
    pub(crate) text: &'a str,
    /// The method and path in its info string.
    pub(crate) operation: Option<(&'a str, &'a str)>,
    /// The heading above it.
    pub(crate) title: Option<String>,
    /// The text under that heading.
    pub(crate) description: Option<String>,
}

/// The parts of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<'a> {
    /// The fences that hold OpenAPI, in page order.
    pub(crate) fences: Vec<Fence<'a>>,
    /// The text that is neither in these fences nor their titles and descriptions, one line per
    /// line of the page.
    pub(crate) other_text: String,
}

/// Splits a page into its parts.
pub(crate) fn page<'a>(text: &'a str, log: &mut Log) -> Page<'a> {
    let mut scan = Scan::new(text);
    for (line, begin, end) in lines(text) {
        let content = text.get(begin..end).unwrap_or_default();
        scan.line(line, begin, end, content.trim_end_matches(['\n', '\r']));
    }
    scan.finish(log)
}

/// Returns the number of each line, and its start and end, the line break included.
fn lines(text: &str) -> impl Iterator<Item = (usize, usize, usize)> {
    let mut begin = 0;
    text.split_inclusive('\n')
        .enumerate()
        .map(move |(n, line)| {
            let from = begin;
            begin += line.len();
            (n + 1, from, begin)
        })
}

/// The state of the scan over the lines of a page.
struct Scan<'a> {
    text: &'a str,
    open: Option<OpenFence<'a>>,
    front_matter: FrontMatter,
    prose: Prose,
    fences: Vec<Fence<'a>>,
}

/// A fence whose end was not reached yet.
struct OpenFence<'a> {
    marker: char,
    length: usize,
    info: &'a str,
    /// The line of its opening marker.
    line: usize,
    /// The offset of its content.
    begin: usize,
}

#[derive(PartialEq, Eq)]
enum FrontMatter {
    Possible,
    Inside,
    Past,
}

/// The heading that the exporter puts above a fence.
const EXPORTER_HEADING: &str = "## OpenAPI";

/// The text of the page so far: what belongs to the next fence, and everything else.
#[derive(Default)]
struct Prose {
    title: Option<String>,
    description: String,
    /// Whether the next line still belongs to the text under the title.
    in_description: bool,
    other: String,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            open: None,
            front_matter: FrontMatter::Possible,
            prose: Prose::default(),
            fences: Vec::new(),
        }
    }

    fn line(&mut self, number: usize, begin: usize, end: usize, line: &'a str) {
        if let Some(open) = &self.open {
            if closes(open, line)
                && let Some(open) = self.open.take()
            {
                self.close(&open, begin);
            }
        } else if self.is_front_matter(line) {
            self.prose.front_matter(line);
        } else if let Some((marker, length, info)) = opening(line) {
            self.prose.in_description = false;
            self.open = Some(OpenFence {
                marker,
                length,
                info,
                line: number,
                begin: end,
            });
        } else {
            self.prose.line(line);
        }
    }

    fn is_front_matter(&mut self, line: &str) -> bool {
        let border = line.trim_end() == "---";
        match self.front_matter {
            FrontMatter::Possible if border => self.front_matter = FrontMatter::Inside,
            FrontMatter::Possible if line.trim().is_empty() => {}
            FrontMatter::Possible => self.front_matter = FrontMatter::Past,
            FrontMatter::Inside if border => {
                self.front_matter = FrontMatter::Past;
                return true;
            }
            FrontMatter::Inside | FrontMatter::Past => {}
        }
        self.front_matter == FrontMatter::Inside
    }

    fn close(&mut self, open: &OpenFence<'a>, end: usize) {
        let text = self.text.get(open.begin..end).unwrap_or_default();
        let operation = operation(open.info);
        if !holds_openapi(open.info, operation, text) {
            text.lines().for_each(|line| self.prose.other(line));
            return;
        }
        let description = self.prose.description.trim();
        self.fences.push(Fence {
            line: open.line + 1,
            text,
            operation,
            title: self.prose.title.clone(),
            description: (!description.is_empty()).then(|| description.to_owned()),
        });
    }

    fn finish(self, log: &mut Log) -> Page<'a> {
        if let Some(open) = self.open {
            log.report_line(
                open.line,
                "unclosed code fence",
                "close it, or fetch the page again: its end may be missing",
            );
        } else if self.fences.is_empty() {
            log.report_line(
                1,
                "the page has no code fence with OpenAPI",
                "fetch the Markdown export of an API page: its URL ends in `.md`",
            );
        }
        Page {
            fences: self.fences,
            other_text: self.prose.other,
        }
    }
}

impl Prose {
    fn line(&mut self, line: &str) {
        if let Some(title) = line.strip_prefix("# ") {
            self.title = Some(title.trim().to_owned());
            self.description.clear();
            self.in_description = true;
        } else if is_heading(line) || line.trim_end() == "---" {
            self.in_description = false;
            if line.trim_end() != EXPORTER_HEADING {
                self.other(line);
            }
        } else if !self.in_description {
            self.other(line);
        } else {
            let text = line.strip_prefix('>').unwrap_or(line).trim();
            self.description.push_str(text);
            self.description.push('\n');
        }
    }

    fn front_matter(&mut self, line: &str) {
        if let Some(title) = line.strip_prefix("title:") {
            let title = title.trim().trim_matches(['"', '\'']);
            self.title = (!title.is_empty()).then(|| title.to_owned());
        } else if line.trim_end() != "---" {
            self.other(line);
        }
    }

    fn other(&mut self, line: &str) {
        let line = line.trim();
        if !line.is_empty() {
            self.other.push_str(line);
            self.other.push('\n');
        }
    }
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && (rest.is_empty() || rest.starts_with(' '))
}

/// Removes the indentation that Markdown allows before a block marker; `None` if there is more.
fn without_indent(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() < 4).then_some(rest)
}

/// Returns the marker of an opening fence, its length, and the info string.
fn opening(line: &str) -> Option<(char, usize, &str)> {
    let line = without_indent(line)?;
    let marker = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = line.trim_start_matches(marker);
    let length = line.len() - info.len();
    // With another backtick on the line, it is inline code.
    (length >= 3 && !(marker == '`' && info.contains('`'))).then(|| (marker, length, info.trim()))
}

fn closes(open: &OpenFence<'_>, line: &str) -> bool {
    let Some(line) = without_indent(line) else {
        return false;
    };
    let rest = line.trim_start_matches(open.marker);
    line.len() - rest.len() >= open.length && rest.trim().is_empty()
}

/// Whether `word` is an HTTP method, in upper or lower case.
pub(crate) fn is_method(word: &str) -> bool {
    let is_same = |method: Method| method.key().eq_ignore_ascii_case(word);
    Method::ALL.into_iter().any(is_same)
}

/// Returns the method and path of an info string, after the language and the file.
fn operation(info: &str) -> Option<(&str, &str)> {
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

fn holds_openapi(info: &str, operation: Option<(&str, &str)>, text: &str) -> bool {
    let language = info.split_whitespace().next().unwrap_or_default();
    if !["", "yaml", "yml", "json"].contains(&language.to_ascii_lowercase().as_str()) {
        return false;
    }
    let has_key = |key: &str| {
        let mut lines = text.lines().map(|line| line.trim_start_matches('\u{feff}'));
        lines.any(|line| line.starts_with(key))
    };
    operation.is_some()
        || has_key("openapi:")
        || has_key("paths:") && (text.contains("schemaArray:") || text.contains("\n  method:"))
}

#[cfg(test)]
mod tests;

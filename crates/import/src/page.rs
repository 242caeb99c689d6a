//! The page as Markdown: the fences that hold OpenAPI, the words above them, and what else
//! the page says.

use crate::log::Log;

/// A fence that holds OpenAPI, and what the page says right above it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fence<'a> {
    /// The line on which its text begins, counted from 1.
    pub(crate) line: usize,
    pub(crate) text: &'a str,
    /// Method and path that stand beside the opening marks.
    pub(crate) operation: Option<(&'a str, &'a str)>,
    /// The heading above.
    pub(crate) title: Option<String>,
    /// The text under that heading.
    pub(crate) lead: Option<String>,
}

/// A page, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<'a> {
    /// Those that hold OpenAPI, in their order.
    pub(crate) fences: Vec<Fence<'a>>,
    /// What the page says that is neither in them nor their title and lead: a line for each of
    /// its lines.
    pub(crate) beside: String,
}

/// Takes a page apart.
pub(crate) fn page<'a>(text: &'a str, log: &mut Log) -> Page<'a> {
    let mut scan = Scan::new(text);
    for (line, begin, end) in lines(text) {
        let content = text.get(begin..end).unwrap_or_default();
        scan.line(line, begin, end, content.trim_end_matches(['\n', '\r']));
    }
    scan.finish(log)
}

/// Each line's number, and where it begins and ends, its line end included.
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

/// The state of the walk over the lines.
struct Scan<'a> {
    text: &'a str,
    open: Option<Open<'a>>,
    front_matter: FrontMatter,
    words: Words,
    found: Vec<Fence<'a>>,
}

/// A fence that has begun.
struct Open<'a> {
    mark: char,
    length: usize,
    info: &'a str,
    /// The line of its opening marks.
    line: usize,
    /// Where its text begins.
    begin: usize,
}

#[derive(PartialEq, Eq)]
enum FrontMatter {
    Possible,
    Inside,
    Past,
}

/// The heading that the exporter puts above a fence.
const EXPORTERS: &str = "## OpenAPI";

/// What the page says above the next fence, and beside them all.
#[derive(Default)]
struct Words {
    title: Option<String>,
    lead: String,
    /// Whether lines still belong to the text under the title.
    leading: bool,
    beside: String,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            open: None,
            front_matter: FrontMatter::Possible,
            words: Words::default(),
            found: Vec::new(),
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
            self.words.front_matter(line);
        } else if let Some((mark, length, info)) = opening(line) {
            self.words.leading = false;
            self.open = Some(Open {
                mark,
                length,
                info,
                line: number,
                begin: end,
            });
        } else {
            self.words.line(line);
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

    fn close(&mut self, open: &Open<'a>, end: usize) {
        let text = self.text.get(open.begin..end).unwrap_or_default();
        let operation = operation(open.info);
        if !holds_openapi(open.info, operation, text) {
            text.lines().for_each(|line| self.words.beside(line));
            return;
        }
        let lead = self.words.lead.trim();
        self.found.push(Fence {
            line: open.line + 1,
            text,
            operation,
            title: self.words.title.clone(),
            lead: (!lead.is_empty()).then(|| lead.to_owned()),
        });
    }

    fn finish(self, log: &mut Log) -> Page<'a> {
        if let Some(open) = self.open {
            log.refuse_line(
                open.line,
                "this fence is never closed",
                "fetch the page again: its end is missing; or close the fence",
            );
        } else if self.found.is_empty() {
            log.refuse_line(
                1,
                "the page has no fence with OpenAPI",
                "fetch the Markdown export of an API page: its address ends in `.md`",
            );
        }
        Page {
            fences: self.found,
            beside: self.words.beside,
        }
    }
}

impl Words {
    fn line(&mut self, line: &str) {
        if let Some(title) = line.strip_prefix("# ") {
            self.title = Some(title.trim().to_owned());
            self.lead.clear();
            self.leading = true;
        } else if is_heading(line) || line.trim_end() == "---" {
            self.leading = false;
            if line.trim_end() != EXPORTERS {
                self.beside(line);
            }
        } else if !self.leading {
            self.beside(line);
        } else {
            let words = line.strip_prefix('>').unwrap_or(line).trim();
            self.lead.push_str(words);
            self.lead.push('\n');
        }
    }

    fn front_matter(&mut self, line: &str) {
        if let Some(title) = line.strip_prefix("title:") {
            let title = title.trim().trim_matches(['"', '\'']);
            self.title = (!title.is_empty()).then(|| title.to_owned());
        } else if line.trim_end() != "---" {
            self.beside(line);
        }
    }

    fn beside(&mut self, line: &str) {
        let line = line.trim();
        if !line.is_empty() {
            self.beside.push_str(line);
            self.beside.push('\n');
        }
    }
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && (rest.is_empty() || rest.starts_with(' '))
}

/// A line without the indentation that Markdown allows before block marks.
fn without_indent(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() < 4).then_some(rest)
}

/// The mark of an opening fence, how often it stands there, and what stands beside it.
fn opening(line: &str) -> Option<(char, usize, &str)> {
    let line = without_indent(line)?;
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = line.trim_start_matches(mark);
    let length = line.len() - info.len();
    // Backticks after backticks are code within a line.
    (length >= 3 && !(mark == '`' && info.contains('`'))).then(|| (mark, length, info.trim()))
}

fn closes(open: &Open<'_>, line: &str) -> bool {
    let Some(line) = without_indent(line) else {
        return false;
    };
    let rest = line.trim_start_matches(open.mark);
    line.len() - rest.len() >= open.length && rest.trim().is_empty()
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Whether `word` is a method of HTTP, in any case.
pub(crate) fn is_method(word: &str) -> bool {
    METHODS
        .iter()
        .any(|method| method.eq_ignore_ascii_case(word))
}

/// The method and path beside the marks, behind language and file.
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
    let begins = |key: &str| {
        let mut lines = text.lines().map(|line| line.trim_start_matches('\u{feff}'));
        lines.any(|line| line.starts_with(key))
    };
    operation.is_some()
        || begins("openapi:")
        || begins("paths:") && (text.contains("schemaArray:") || text.contains("\n  method:"))
}

#[cfg(test)]
mod tests;

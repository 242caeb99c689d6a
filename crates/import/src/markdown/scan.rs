//! Scans the lines of a page: which of them are front matter, headings, text, code and OpenAPI.

use super::block::Block;
use super::fence::{Fence, Opening, holds_openapi, operation};

/// The scanned page.
#[derive(Default)]
pub(super) struct Scanned<'a> {
    /// The fences that hold OpenAPI, without their headings and texts.
    pub(super) fences: Vec<Fence<'a>>,
    /// The whole page, in page order.
    pub(super) blocks: Vec<Block<'a>>,
    /// The line of a fence that is not closed.
    pub(super) unclosed: Option<usize>,
}

/// Scans a page.
pub(super) fn scan(text: &str) -> Scanned<'_> {
    let mut scan = Scan::new(text);
    for (line, begin, end) in lines(text) {
        let content = text.get(begin..end).unwrap_or_default();
        scan.line(line, begin, end, content.trim_end_matches(['\n', '\r']));
    }
    scan.scanned.unclosed = scan.open.map(|open| open.line);
    scan.scanned
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

/// The state of the scan.
struct Scan<'a> {
    text: &'a str,
    open: Option<OpenFence<'a>>,
    front_matter: FrontMatter,
    scanned: Scanned<'a>,
}

/// A fence whose end was not reached yet.
struct OpenFence<'a> {
    opening: Opening<'a>,
    /// The text of the line with its opening marker.
    marker_line: &'a str,
    /// The number of that line.
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

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            open: None,
            front_matter: FrontMatter::Possible,
            scanned: Scanned::default(),
        }
    }

    fn line(&mut self, number: usize, begin: usize, end: usize, line: &'a str) {
        if let Some(open) = &self.open {
            if open.opening.is_closed_by(line)
                && let Some(open) = self.open.take()
            {
                self.close(&open, begin, line);
            }
        } else if self.is_front_matter(line) {
            self.scanned.blocks.push(Block::FrontMatter(line));
        } else if let Some(opening) = Opening::read(line) {
            self.open = Some(OpenFence {
                opening,
                marker_line: line,
                line: number,
                begin: end,
            });
        } else {
            self.scanned.blocks.push(Block::prose(line));
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

    /// Ends a fence at the offset `end`, with `line` as its last line.
    fn close(&mut self, open: &OpenFence<'a>, end: usize, line: &'a str) {
        let text = self.text.get(open.begin..end).unwrap_or_default();
        let blocks = &mut self.scanned.blocks;
        if !holds_openapi(open.opening.info, text) {
            blocks.push(Block::CodeMarker(open.marker_line));
            blocks.extend(text.lines().map(Block::Code));
            blocks.push(Block::CodeMarker(line));
            return;
        }
        blocks.push(Block::OpenApi);
        self.scanned.fences.push(Fence {
            line: open.line + 1,
            text,
            operation: operation(open.opening.info),
            title: None,
            description: None,
        });
    }
}

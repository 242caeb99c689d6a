//! Finds the heading and the text that belong to each fence with OpenAPI.
//!
//! The heading of an operation is the nearest one above its fence, at any level, and its text is
//! everything between the two. A page of the exporter is different: it has text with headings of
//! its own between the title of the operation and the heading `## OpenAPI`. There the heading of
//! the operation is the nearest one at the level that all operations of the page have a heading at.

use std::rc::Rc;

use super::block::{Block, heading_level, heading_text};

/// The heading and the text of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prose {
    pub(super) title: Option<Rc<str>>,
    pub(super) description: Option<Rc<str>>,
}

/// Returns the prose of each fence with OpenAPI, and the rest of the page, one line per line.
pub(super) fn prose(blocks: &[Block<'_>]) -> (Vec<Prose>, String) {
    let mut parts = blocks.split(|block| *block == Block::OpenApi);
    // After the last fence there is no operation.
    let rest = parts.next_back().unwrap_or_default();
    let level = exported_level(parts.clone());
    let mut other = Other::default();
    let mut all: Vec<Prose> = Vec::new();
    for part in parts {
        let prose = part_prose(part, level, all.last(), &mut other);
        all.push(prose);
    }
    other.extend(rest);
    (all, other.text)
}

/// Returns the level at which every exported operation has a heading, or one above it. A part with
/// the heading of the exporter is an exported operation.
fn exported_level<'a>(parts: impl Iterator<Item = &'a [Block<'a>]>) -> usize {
    let is_exported = |part: &&[Block<'_>]| part.contains(&Block::ExporterHeading);
    let highest = |part: &[Block<'_>]| part.iter().filter_map(level_of).min();
    let exported = parts.filter(is_exported);
    exported.filter_map(highest).max().unwrap_or_default()
}

fn level_of(block: &Block<'_>) -> Option<usize> {
    match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    }
}

/// Returns the prose of the operation below `part`, the blocks since the previous operation.
fn part_prose(
    part: &[Block<'_>],
    exported_level: usize,
    previous: Option<&Prose>,
    other: &mut Other,
) -> Prose {
    let is_exported = part.contains(&Block::ExporterHeading);
    let is_own = |block: &Block<'_>| {
        level_of(block).is_some_and(|level| !is_exported || level <= exported_level)
    };
    let Some(index) = part.iter().rposition(is_own) else {
        return below_previous(part, previous, other);
    };
    let (above, own) = part.split_at(index);
    other.extend(above);
    let title = match own.first() {
        Some(Block::Heading { line, .. }) => Some(Rc::from(heading_text(line))),
        _ => None,
    };
    Prose {
        title: title.filter(|title: &Rc<str>| !title.is_empty()),
        description: description(own.get(1..).unwrap_or_default()),
    }
}

/// Returns the prose of an operation without a heading of its own: it has the title of the
/// previous operation or of the front matter, and the text of the previous one if it has none.
fn below_previous(part: &[Block<'_>], previous: Option<&Prose>, other: &mut Other) -> Prose {
    let front_matter = part.iter().filter(|block| is_front_matter(block));
    other.extend(front_matter.clone());
    let own = without_navigation(part, other);
    let title = front_matter.filter_map(front_matter_title).next_back();
    let previous = previous.cloned().unwrap_or_default();
    Prose {
        title: title.or(previous.title),
        description: description(own).or(previous.description),
    }
}

fn is_front_matter(block: &Block<'_>) -> bool {
    matches!(block, Block::FrontMatter(_))
}

fn front_matter_title(block: &Block<'_>) -> Option<Rc<str>> {
    let Block::FrontMatter(line) = block else {
        return None;
    };
    let title = line.strip_prefix("title:")?;
    let title = title.trim().trim_matches(['"', '\'']);
    (!title.is_empty()).then(|| Rc::from(title))
}

/// Returns what is below the front matter, without the quote with a heading in it that the exporter
/// puts on top of a page for navigation.
fn without_navigation<'a, 'b>(part: &'a [Block<'b>], other: &mut Other) -> &'a [Block<'b>] {
    let below = |part: &'a [Block<'b>], is_above: fn(&Block<'_>) -> bool| {
        let end = part.iter().position(|block| !is_above(block));
        part.split_at(end.unwrap_or(part.len()))
    };
    let (_, part) = below(part, |block| is_front_matter(block) || is_blank(block));
    let quote = part.first().and_then(quoted);
    if quote.and_then(heading_level).is_none() {
        return part;
    }
    let (navigation, part) = below(part, |block| quoted(block).is_some());
    other.extend(navigation);
    part
}

fn is_blank(block: &Block<'_>) -> bool {
    matches!(block, Block::Text(line) if line.trim().is_empty())
}

/// Returns the content of a line of a quote.
fn quoted<'a>(block: &Block<'a>) -> Option<&'a str> {
    let Block::Text(line) = block else {
        return None;
    };
    let text = line.strip_prefix('>')?;
    Some(text.strip_prefix(' ').unwrap_or(text))
}

/// Returns the text of an operation. The exporter writes its first paragraphs as a quote.
fn description(blocks: &[Block<'_>]) -> Option<Rc<str>> {
    let mut text = String::new();
    let mut in_lead = true;
    for block in blocks {
        let lead = quoted(block).filter(|_| in_lead);
        in_lead &= lead.is_some() || text.is_empty() && is_blank(block);
        match (lead, *block) {
            (Some(line), _) | (None, Block::Text(line)) => add_prose(&mut text, line),
            (_, Block::Heading { line, .. }) => add_prose(&mut text, line),
            (_, Block::Code(line) | Block::CodeMarker(line)) => add(&mut text, line),
            (_, Block::FrontMatter(_) | Block::ExporterHeading | Block::OpenApi) => {}
        }
    }
    let text = text.trim_end();
    (!text.is_empty()).then(|| Rc::from(text))
}

/// Adds a line outside code: of several blank lines, one is enough.
fn add_prose(text: &mut String, line: &str) {
    let is_repeated = text.is_empty() || text.ends_with("\n\n");
    if !(line.trim().is_empty() && is_repeated) {
        add(text, line);
    }
}

fn add(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

/// The text that belongs to no operation.
#[derive(Default)]
struct Other {
    text: String,
}

impl Other {
    fn extend<'a>(&mut self, blocks: impl IntoIterator<Item = &'a Block<'a>>) {
        for block in blocks {
            match block {
                Block::FrontMatter(line) if line.starts_with("title:") => {}
                Block::FrontMatter(line) if line.trim_end() == "---" => {}
                Block::FrontMatter(line)
                | Block::Heading { line, .. }
                | Block::Text(line)
                | Block::Code(line) => self.line(line.trim()),
                Block::CodeMarker(_) | Block::ExporterHeading | Block::OpenApi => {}
            }
        }
    }

    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }
}

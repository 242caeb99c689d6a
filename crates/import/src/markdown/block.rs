//! The lines of a page, by what they are.

/// A line of a page, or a fence with OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block<'a> {
    /// A line of the front matter.
    FrontMatter(&'a str),
    /// A heading, from `#` to `######`.
    Heading { level: usize, line: &'a str },
    /// The heading that the exporter puts above a fence.
    ExporterHeading,
    /// A line of text, blank lines included.
    Text(&'a str),
    /// A line of code, in a fence without OpenAPI.
    Code(&'a str),
    /// The first or last line of a fence without OpenAPI.
    CodeMarker(&'a str),
    /// A fence with OpenAPI.
    OpenApi,
}

/// The heading that the exporter puts above a fence.
const EXPORTER_HEADING: &str = "## OpenAPI";

impl<'a> Block<'a> {
    /// Returns the block for a line outside fences.
    pub(super) fn prose(line: &'a str) -> Self {
        match heading_level(line) {
            _ if line.trim_end() == EXPORTER_HEADING => Self::ExporterHeading,
            Some(level) => Self::Heading { level, line },
            None => Self::Text(line),
        }
    }
}

/// Removes the indentation that Markdown allows before a block marker; `None` if there is more.
pub(super) fn without_indent(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() < 4).then_some(rest)
}

/// Returns the level of a heading; `None` for any other line.
pub(super) fn heading_level(line: &str) -> Option<usize> {
    let line = without_indent(line)?;
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let ends = rest.is_empty() || rest.starts_with([' ', '\t']);
    ((1..=6).contains(&level) && ends).then_some(level)
}

/// Returns the text of a heading, without the markers before and after it.
pub(super) fn heading_text(line: &str) -> &str {
    let text = line.trim().trim_start_matches('#').trim();
    let shorter = text.trim_end_matches('#');
    // `C#` ends in a letter of its name, not in a marker.
    match shorter.is_empty() || shorter.ends_with([' ', '\t']) {
        true => shorter.trim_end(),
        false => text,
    }
}

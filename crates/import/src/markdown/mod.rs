//! Splits a Markdown page into the fences that hold OpenAPI, the heading and text of each of them,
//! and the rest of the page.

mod block;
mod fence;
mod prose;
mod scan;

use crate::log::Log;
pub(crate) use fence::Fence;
use prose::prose;
use scan::scan;

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
    let scanned = scan(text);
    if let Some(line) = scanned.unclosed {
        log.report_line(
            line,
            "unclosed code fence",
            "close it, or fetch the page again: its end may be missing",
        );
    } else if scanned.fences.is_empty() {
        log.report_line(
            1,
            "the page has no code fence with OpenAPI",
            "fetch the Markdown export of an API page: its URL ends in `.md`",
        );
    }
    let (all, other_text) = prose(&scanned.blocks);
    let fences = scanned.fences.into_iter().zip(all);
    let fences = fences.map(|(fence, prose)| Fence {
        title: prose.title,
        description: prose.description,
        ..fence
    });
    Page {
        fences: fences.collect(),
        other_text,
    }
}

#[cfg(test)]
mod tests;

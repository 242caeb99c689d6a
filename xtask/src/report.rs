//! The lines that commands print about files.

use std::io::Write;

use crate::tree::{Change, Plan};
use crate::workspace::Place;

/// One line for each path.
pub(crate) fn list(place: &Place, paths: &[&str]) -> String {
    paths
        .iter()
        .map(|path| format!("  {}\n", place.file(path)))
        .collect()
}

/// One line for each path that was written or removed.
pub(crate) fn changes(
    place: &Place,
    changes: &[Change<'_>],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    for change in changes {
        let verb = match change.after {
            Some(_) => "wrote",
            None => "removed",
        };
        writeln!(out, "{verb} {}", place.file(change.path))?;
    }
    Ok(())
}

/// How many files there are now, and what was done for it.
pub(crate) fn summary(place: &Place, plan: &Plan<'_>) -> String {
    let written = plan.changes.iter().filter(|c| c.after.is_some()).count();
    let removed = plan.changes.len() - written;
    let mut line = format!(
        "{}: {}, {written} written, {} unchanged",
        place.dir(),
        count(written + plan.unchanged, "file"),
        plan.unchanged
    );
    if removed > 0 {
        line.push_str(&format!(", {removed} removed"));
    }
    line
}

/// A number of things.
pub(crate) fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

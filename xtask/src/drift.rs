//! `cargo xtask generate --check`: how a directory differs from what its contract gives.

use std::io::Write;
use std::process::ExitCode;

use similar::TextDiff;

use crate::report::count;
use crate::tree::{Change, Plan};
use crate::workspace::Place;

/// Shows every difference and the command that repairs it; fails if there is one.
pub(crate) fn report(
    place: &Place,
    plan: &Plan<'_>,
    origin: &str,
    repair: &str,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    if plan.is_empty() {
        let files = count(plan.unchanged, "file");
        writeln!(out, "{} is what {origin} gives: {files}", place.dir())?;
        return Ok(ExitCode::SUCCESS);
    }
    show_changes(place, plan, out)?;
    show_others(place, plan, out)?;
    writeln!(out, "\n{} is not what {origin} gives.", place.dir())?;
    writeln!(out, "{}\n\n    {repair}\n", remedy(plan))?;
    Ok(ExitCode::FAILURE)
}

/// Diffs first, then one line for each file that is missing or too many.
fn show_changes(place: &Place, plan: &Plan<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    let ours = |change: &&Change<'_>| !plan.in_the_way.contains(&change.path);
    for change in plan.changes.iter().filter(ours) {
        if let (Some(before), Some(after)) = (change.before, change.after) {
            write!(out, "{}", diff(&place.file(change.path), before, after))?;
        }
    }
    for change in plan.changes.iter().filter(ours) {
        let path = place.file(change.path);
        match (change.before, change.after) {
            (None, Some(_)) => writeln!(out, "missing {path}")?,
            (Some(_), None) => writeln!(out, "orphan {path}: the contract no longer gives it")?,
            _ => {}
        }
    }
    Ok(())
}

/// The files that `generate` will not touch.
fn show_others(place: &Place, plan: &Plan<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    for path in &plan.in_the_way {
        let path = place.file(path);
        writeln!(
            out,
            "foreign {path}: without `@generated`, in the way of a generated file"
        )?;
    }
    for path in &plan.foreign {
        let path = place.file(path);
        writeln!(out, "foreign {path}: not written by the generator")?;
    }
    Ok(())
}

/// The diff between the files that are there and those that should be.
fn diff(path: &str, before: &[u8], after: &str) -> String {
    let before = String::from_utf8_lossy(before);
    TextDiff::from_lines(before.as_ref(), after)
        .unified_diff()
        .header(&format!("{path}\ton disk"), &format!("{path}\tgenerated"))
        .to_string()
}

/// What to do; the command follows.
fn remedy(plan: &Plan<'_>) -> &'static str {
    if plan.in_the_way.is_empty() && plan.foreign.is_empty() {
        "To repair it:"
    } else {
        "To repair it, move the foreign files away, then:"
    }
}

//! The tables: a line for each document, then one for each rule.

use std::collections::BTreeMap;
use std::io::Write;

use super::examples::Examples;
use super::figures::{Applied, Figures};
use crate::cli::CorpusArgs;

/// The heads of the columns, of which the first is `width` characters wide.
pub(super) fn head(args: &CorpusArgs, width: usize) -> String {
    let examples = if args.examples {
        "  examples: equal, without nulls, lost, invalid"
    } else {
        ""
    };
    let check = if args.checks() { "  crate" } else { "" };
    format!(
        "{:<width$} {:>10} {:>7} {:>7} {:>5} {:>6} {:>8} {:>8}{examples}{check}",
        "document", "operations", "skipped", "schemas", "loose", "exact", "seconds", "MiB"
    )
}

/// The line of a document: what its crate has, what is loose in percent of the schemas, and what
/// it took.
pub(super) fn line(figures: &Figures, width: usize) -> String {
    let name = shown(&figures.name);
    if let Some(reason) = &figures.refused {
        return format!("{name:<width$} refused: {reason}");
    }
    let loose = figures.count("loose");
    let exact = exact_percent(loose, figures.schemas);
    let mebibytes = figures
        .peak_kib
        .map_or_else(|| "-".to_owned(), |kib| (kib / 1024).to_string());
    let check = match &figures.check {
        None => String::new(),
        Some(check) if check.passed => format!("  clean, {:.0} s", check.seconds),
        Some(check) => {
            let first = check.report.lines().find(|line| line.starts_with("error"));
            format!("  fails: {}", first.unwrap_or("see --json"))
        }
    };
    let examples = figures
        .examples
        .as_ref()
        .map_or_else(String::new, |examples| {
            let Examples {
                equal,
                without_nulls,
                invalid,
                lost,
            } = examples;
            format!("  {equal}, {without_nulls}, {}, {invalid}", lost.len())
        });
    format!(
        "{name:<width$} {:>10} {:>7} {:>7} {loose:>5} {exact:>6} {:>8.3} {mebibytes:>8}{examples}{check}",
        figures.operations, figures.skipped, figures.schemas, figures.seconds
    )
}

/// How wide the names of the documents are.
pub(super) fn width<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    let widths = names.map(|name| shown(name).chars().count());
    widths.fold("document".len(), usize::max)
}

/// The name of a document, without what the names of all crates begin with.
fn shown(name: &str) -> &str {
    name.strip_prefix("api-").unwrap_or(name)
}

/// The share of schemas without a loose place.
fn exact_percent(loose: usize, schemas: u64) -> String {
    let schemas = schemas as f64;
    if schemas == 0.0 {
        return "-".to_owned();
    }
    format!("{:.1}%", 100.0 * (1.0 - loose as f64 / schemas).max(0.0))
}

/// The table of rules: how often each was applied, in how many documents, and where first.
pub(super) fn rules(all: &[Figures], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut rules: BTreeMap<(&str, &str), Vec<(&Figures, &Applied)>> = BTreeMap::new();
    for figures in all {
        for notice in &figures.notices {
            let key = (&*notice.class, &*notice.rule);
            rules.entry(key).or_default().push((figures, notice));
        }
    }
    let refused = all.iter().filter(|one| one.refused.is_some()).count();
    let sum = |of: fn(&Figures) -> u64| all.iter().map(of).sum::<u64>();
    writeln!(
        out,
        "\n{} documents, {refused} refused; {} operations, {} skipped; {} schemas\n",
        all.len(),
        sum(|one| one.operations),
        sum(|one| one.skipped),
        sum(|one| one.schemas),
    )?;
    let examples: Vec<_> = all.iter().filter_map(|one| one.examples.as_ref()).collect();
    if !examples.is_empty() {
        let sum = |of: fn(&Examples) -> usize| examples.iter().map(|one| of(one)).sum::<usize>();
        let kept = sum(|one| one.equal).saturating_add(sum(|one| one.without_nulls));
        let valid = kept.saturating_add(sum(|one| one.lost.len()));
        writeln!(
            out,
            "examples: {kept} of {valid} valid ones come back equal, {} of them without nulls; {} \
             are invalid against their own schemas\n",
            sum(|one| one.without_nulls),
            sum(|one| one.invalid),
        )?;
    }
    if rules.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "{:<8} {:<26} {:>6} {:>9}  first place",
        "class", "rule", "places", "documents"
    )?;
    for class in ["skipped", "loose", "exact"] {
        let mut of_class: Vec<_> = rules.iter().filter(|((one, _), _)| *one == class).collect();
        of_class.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
        for ((_, rule), places) in of_class {
            let mut documents: Vec<_> = places.iter().map(|(one, _)| &one.name).collect();
            documents.dedup();
            let Some((first, notice)) = places.first() else {
                continue;
            };
            let name = shown(&first.name);
            writeln!(
                out,
                "{class:<8} {rule:<26} {:>6} {:>9}  {name}:{}  {}",
                places.len(),
                documents.len(),
                notice.line,
                notice.message
            )?;
        }
    }
    Ok(())
}

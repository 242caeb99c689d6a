//! The report for a terminal.

use std::fmt::Write as _;

use bigmodel_rerank_codegen::Notice;

use super::sentences::{
    DEPARTURES, THROUGH_REFERENCE, UNCONFIRMED, affected_operations, effects, heading, headline,
    located, required_bumps, reworded, rust_sentence, shown, wire_sentence,
};
use super::visible::visible;
use crate::change::Change;
use crate::location::NodeLocation;
use crate::review::Review;
use crate::severity::{Bump, Class};

pub(super) fn text(review: &Review) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut out, review);
    visible(&out)
}

fn write(out: &mut String, review: &Review) -> std::fmt::Result {
    writeln!(out, "{}", headline(review))?;
    if review.reworded > 0 {
        writeln!(out, "{}", reworded(review.reworded))?;
    }
    if review.is_empty() && review.verdict.rust == Bump::None {
        return Ok(());
    }
    writeln!(out, "  wire      {}", wire_sentence(&review.verdict))?;
    writeln!(out, "  Rust API  {}", rust_sentence(&review.verdict))?;
    if let Some(disagreement) = &review.verdict.disagreement {
        writeln!(out, "  warning   {disagreement}")?;
    }
    for (whose, refusal) in ["old", "new"].iter().zip(&review.refused) {
        if let Some(refusal) = refusal {
            writeln!(out, "\nThe generator rejects the {whose} contract:\n")?;
            indented(out, refusal, "  ")?;
        }
    }
    for severity in Class::ALL {
        changes(out, review, severity)?;
    }
    departures(out, review)?;
    code(out, review)?;
    if !review.next_steps.is_empty() {
        writeln!(out, "\nNext steps\n")?;
    }
    for (nth, step) in review.next_steps.iter().enumerate() {
        writeln!(out, "  {}. {step}", nth + 1)?;
    }
    Ok(())
}

fn changes(out: &mut String, review: &Review, severity: Class) -> std::fmt::Result {
    let shown = shown(review, severity);
    if shown.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}\n", heading(severity))?;
    for (nth, (one, more)) in shown.iter().enumerate() {
        if nth > 0 {
            writeln!(out)?;
        }
        change(out, one)?;
        if *more > 0 {
            writeln!(out, "\n  … and {more} more of this kind")?;
        }
    }
    Ok(())
}

fn change(out: &mut String, change: &Change) -> std::fmt::Result {
    let rule = change.rule;
    writeln!(out, "- {}", change.what)?;
    line(out, "rule", &format!("{} [{}]", rule.name, rule.id))?;
    for note in &change.notes {
        line(out, "note", note)?;
    }
    if change.through_reference {
        line(out, "note", THROUGH_REFERENCE)?;
    }
    locations(out, "old", &change.old)?;
    locations(out, "new", &change.new)?;
    line(out, "affects", &affected_operations(change))?;
    if !change.items.is_empty() {
        line(out, "items", &change.items.join(", "))?;
    }
    for (who, effect) in effects(change) {
        line(out, who, &format!("{}: {}", effect.class, effect.reason))?;
    }
    line(out, "requires", &required_bumps(change))?;
    line(out, "next", &change.remedy())
}

fn locations(out: &mut String, whose: &str, locations: &[NodeLocation]) -> std::fmt::Result {
    let Some((first, others)) = locations.split_first() else {
        return Ok(());
    };
    line(out, whose, &first.to_string())?;
    for location in others {
        line(out, "", &location.to_string())?;
    }
    Ok(())
}

fn line(out: &mut String, name: &str, text: &str) -> std::fmt::Result {
    writeln!(out, "    {name:<9} {}", text.replace('\n', " "))
}

fn departures(out: &mut String, review: &Review) -> std::fmt::Result {
    for (is_new, heading) in DEPARTURES {
        let mut departures = review.departures.iter().filter(|one| one.is_new == is_new);
        let Some(first) = departures.next() else {
            continue;
        };
        writeln!(out, "\n{heading}\n")?;
        for departure in [first].into_iter().chain(departures) {
            let Notice { rule, diagnostic } = &departure.notice;
            writeln!(out, "- {}", diagnostic.message)?;
            line(out, "rule", &format!("{} [{}]", rule.class, rule.id))?;
            line(out, "at", &located(diagnostic))?;
            line(out, "instead", rule.carried)?;
            if is_new {
                line(out, "next", &diagnostic.help)?;
            }
        }
    }
    Ok(())
}

fn code(out: &mut String, review: &Review) -> std::fmt::Result {
    if !review.items.is_empty() {
        writeln!(out, "\nRust API, item by item\n")?;
    }
    for item in &review.items {
        writeln!(
            out,
            "  {:<6} {}: {}",
            item.bump.name(),
            item.item,
            item.reason
        )?;
    }
    if !review.rust_diff.is_empty() {
        writeln!(out)?;
        indented(out, &review.rust_diff, "  ")?;
    }
    match &review.semver_checks {
        Some(checks) if !checks.installed => {
            writeln!(out, "\n{UNCONFIRMED}")
        }
        Some(checks) => {
            let result = checks.required.map_or("failed".to_owned(), |bump| {
                format!("requires {}", bump.with_article())
            });
            writeln!(out, "\ncargo-semver-checks {result}:\n")?;
            indented(out, &checks.text, "  ")
        }
        None => Ok(()),
    }
}

fn indented(out: &mut String, text: &str, indent: &str) -> std::fmt::Result {
    for line in text.lines() {
        writeln!(out, "{}", format!("{indent}{line}").trim_end())?;
    }
    Ok(())
}

//! The report for a person at a terminal.

use std::fmt::Write as _;

use super::visible::visible;
use super::{
    THROUGH, asks_for, headline, meanings, reaches, reworded, rust_sentence, shown, wire_sentence,
};
use crate::change::{Change, Place};
use crate::class::{Bump, Class};
use crate::review::Review;

pub(crate) fn text(review: &Review) -> String {
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
        writeln!(out, "  mind      {disagreement}")?;
    }
    for (whose, refusal) in ["old", "new"].iter().zip(&review.refused) {
        if let Some(refusal) = refusal {
            writeln!(out, "\nThe generator refuses the {whose} contract:\n")?;
            indented(out, refusal, "  ")?;
        }
    }
    for gravity in Class::ALL {
        changes(out, review, gravity)?;
    }
    code(out, review)?;
    if !review.next.is_empty() {
        writeln!(out, "\nNext\n")?;
    }
    for (nth, step) in review.next.iter().enumerate() {
        writeln!(out, "  {}. {step}", nth + 1)?;
    }
    Ok(())
}

fn changes(out: &mut String, review: &Review, gravity: Class) -> std::fmt::Result {
    let shown = shown(review, gravity);
    if shown.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}\n", heading(gravity))?;
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

fn heading(gravity: Class) -> &'static str {
    match gravity {
        Class::Breaking => "Breaking",
        Class::Unclassified => "Unclassified",
        Class::Additive => "Additive",
        Class::Documentation => "Documentation only",
    }
}

fn change(out: &mut String, change: &Change) -> std::fmt::Result {
    let rule = change.rule;
    writeln!(out, "- {}", change.what)?;
    line(out, "rule", &format!("{} [{}]", rule.name, rule.id))?;
    for note in &change.notes {
        line(out, "note", note)?;
    }
    if change.through_reference {
        line(out, "note", THROUGH)?;
    }
    places(out, "old", &change.old)?;
    places(out, "new", &change.new)?;
    line(out, "reaches", &reaches(change))?;
    if !change.items.is_empty() {
        line(out, "items", &change.items.join(", "))?;
    }
    for (who, effect) in meanings(change) {
        line(out, who, &format!("{}: {}", effect.class, effect.reason))?;
    }
    line(out, "asks for", &asks_for(change))?;
    line(out, "next", rule.remedy)
}

fn places(out: &mut String, whose: &str, places: &[Place]) -> std::fmt::Result {
    let Some((first, others)) = places.split_first() else {
        return Ok(());
    };
    line(out, whose, &first.to_string())?;
    for place in others {
        line(out, "", &place.to_string())?;
    }
    Ok(())
}

fn line(out: &mut String, name: &str, text: &str) -> std::fmt::Result {
    writeln!(out, "    {name:<9} {}", text.replace('\n', " "))
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
            writeln!(
                out,
                "\ncargo-semver-checks is not installed, so nobody else judged."
            )
        }
        Some(checks) => {
            let asks = checks.required.map_or("could not tell".to_owned(), |bump| {
                format!("asks for {}", bump.step())
            });
            writeln!(out, "\ncargo-semver-checks {asks}:\n")?;
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

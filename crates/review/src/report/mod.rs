//! The report in its three forms, and what it says in all of them.

mod html;
mod json;
mod text;
mod visible;

pub(crate) use html::html;
pub(crate) use json::json;
pub(crate) use text::text;

use crate::change::Change;
use crate::class::{Bump, Class, Direction};
use crate::review::{Options, Review};
use crate::rules::Effect;
use crate::verdict::{Basis, Verdict, Versions};
use crate::wording::Wording;

/// The commands of this workspace that take a change of the contract on.
const COMMANDS: [&str; 4] = [
    "cargo xtask generate",
    "cargo test --no-fail-fast --test drift --test snapshots --test mirror --test exchanges",
    "INSTA_UPDATE=always cargo test --no-fail-fast",
    "git diff generated tests/snapshots",
];

/// What to do, in order: what people have to decide, then the commands.
pub(crate) fn next_steps(verdict: &Verdict, changes: &[Change], options: &Options) -> Vec<String> {
    let mut steps = Vec::new();
    if changes.is_empty() && verdict.rust == Bump::None {
        return steps;
    }
    let unread = changes
        .iter()
        .filter(|change| change.class() == Class::Unclassified);
    match unread.count() {
        0 => {}
        1 => steps.push("Read the unclassified change, and decide who breaks.".to_owned()),
        n => steps.push(format!(
            "Read the {n} unclassified changes, and decide who breaks."
        )),
    }
    if verdict.basis == Basis::Refused {
        steps.push("Correct the contract, or its overlay, until it generates.".to_owned());
    }
    if options.wording == Wording::OwnWords {
        steps.push("Carry the changes over into spec/rerank.yaml, in words of our own.".to_owned());
    }
    steps.extend(version_step(&verdict.package));
    let commands: Vec<_> = if options.next.is_empty() {
        COMMANDS.map(str::to_owned).to_vec()
    } else {
        options.next.clone()
    };
    steps.extend(commands.into_iter().map(|command| format!("$ {command}")));
    steps
}

fn version_step(versions: &Versions) -> Option<String> {
    let (asked, new) = (versions.asked.as_ref()?, versions.new.as_ref()?);
    (versions.enough == Some(false)).then(|| {
        format!("Raise `version` of `info.x-rust-crate` in the overlay from {new} to {asked}.")
    })
}

/// The verdict in one sentence.
fn headline(review: &Review) -> String {
    let verdict = &review.verdict;
    let Some(class) = verdict.class else {
        return match verdict.rust {
            Bump::None if review.wording == Wording::OwnWords => {
                "No changes: the contract agrees with the page.".to_owned()
            }
            Bump::None => "No changes: both contracts say the same.".to_owned(),
            _ => "The contracts say the same, and the generated code differs.".to_owned(),
        };
    };
    let count = review.changes.len();
    let changes = if count == 1 {
        "1 change".to_owned()
    } else {
        format!("{count} changes")
    };
    let worst = match class {
        Class::Breaking => "breaking on the wire",
        Class::Unclassified => "unclassified: somebody has to read it",
        Class::Additive => "additive on the wire",
        Class::Documentation => "documentation only on the wire",
    };
    if count == 1 {
        format!("{changes}, {worst}.")
    } else {
        format!("{changes}, the worst {worst}.")
    }
}

/// What the wire asks for, in one sentence.
fn wire_sentence(verdict: &Verdict) -> String {
    let mut text = format!("{} step", verdict.wire);
    if verdict.wire == Bump::None {
        text = "no step".to_owned();
    }
    match (&verdict.contract.old, &verdict.contract.asked) {
        (Some(old), Some(asked)) if old != asked => {
            text.push_str(&format!(": {old} -> {asked}"));
        }
        (Some(old), None) => text.push_str(&format!("; the contract's version is `{old}`")),
        _ => {}
    }
    text
}

/// What the Rust API asks for, in one sentence.
fn rust_sentence(verdict: &Verdict) -> String {
    let mut text = match verdict.rust {
        Bump::None => "no step".to_owned(),
        Bump::Major => "major step, breaking".to_owned(),
        bump => format!("{bump} step"),
    };
    if let (Some(old), Some(asked)) = (&verdict.package.old, &verdict.package.asked)
        && old != asked
    {
        text.push_str(&format!(": {old} -> {asked}"));
        if old.starts_with("0.") {
            text.push_str(match verdict.rust {
                Bump::Major => " (before 1.0.0 a breaking change raises the second number)",
                _ => " (before 1.0.0 it raises the last number)",
            });
        }
    }
    text.push_str(match verdict.basis {
        Basis::Compared => "",
        Basis::Rules => "; by the rules, for no code was compared",
        Basis::Refused => "; by the rules, for the new contract does not generate",
    });
    text
}

/// Said of a change that stands where no text was edited.
const THROUGH: &str =
    "found through a reference, or where another place of the contract counts than before";

/// `major on the wire, minor of the crate: the struct gets a field`
fn asks_for(change: &Change) -> String {
    let steps = format!("{} on the wire, {} of the crate", change.wire, change.rust);
    // What the rule says of the code holds where it asks for that much.
    if change.rust == change.rule.rust {
        format!("{steps}: {}", change.rule.code)
    } else {
        steps
    }
}

/// What a change means, by who it means that for.
fn meanings(change: &Change) -> Vec<(&'static str, Effect)> {
    let effects = change.effects();
    if let [(Some(_), request), (Some(_), response)] = effects.as_slice()
        && request == response
    {
        return vec![("both", *request)];
    }
    let who = |direction: Option<Direction>| direction.map_or("wire", Direction::name);
    effects
        .into_iter()
        .map(|(direction, effect)| (who(direction), effect))
        .collect()
}

/// How many texts were only worded differently.
fn reworded(count: usize) -> String {
    match count {
        1 => "1 text says the same in other words, with the same figures.".to_owned(),
        n => format!("{n} texts say the same in other words, with the same figures."),
    }
}

/// `POST /rerank (request and response)`
fn reaches(change: &Change) -> String {
    let mut operations: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in &change.uses {
        match operations.last_mut() {
            Some((name, directions)) if *name == one.operation => {
                directions.push(one.direction.name());
            }
            _ => operations.push((&one.operation, vec![one.direction.name()])),
        }
    }
    if operations.is_empty() {
        return match change.unused {
            true => "no operation".to_owned(),
            false => "the contract as a whole".to_owned(),
        };
    }
    let told: Vec<_> = operations
        .iter()
        .take(MANY)
        .map(|(name, directions)| format!("{name} ({})", directions.join(" and ")))
        .collect();
    let more = operations.len().saturating_sub(MANY);
    let rest = if more > 0 {
        format!(", and {more} more")
    } else {
        String::new()
    };
    told.join(", ") + &rest
}

/// How many things of a kind a sentence lists.
const MANY: usize = 8;

/// How many changes of one kind a person reads one after the other.
const ALIKE: usize = 20;

/// The changes of one heading: of many alike that come in a row, the first ones, and how many
/// more there are.
fn shown(review: &Review, gravity: Class) -> Vec<(&Change, usize)> {
    let mut shown: Vec<(&Change, usize)> = Vec::new();
    let (mut rule, mut run) = ("", 0);
    for change in review.of(gravity) {
        run = if change.rule.id == rule { run + 1 } else { 1 };
        rule = change.rule.id;
        match shown.last_mut() {
            Some((_, more)) if run > ALIKE => *more += 1,
            _ => shown.push((change, 0)),
        }
    }
    shown
}

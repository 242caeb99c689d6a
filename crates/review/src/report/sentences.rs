//! The sentences that the forms of the report share.

use bigmodel_rerank_codegen::Diagnostic;

use crate::change::Change;
use crate::review::Review;
use crate::rules::Effect;
use crate::severity::{Bump, Class, Direction};
use crate::verdict::{Basis, Verdict};
use crate::wording::Wording;

/// Returns the verdict in one sentence.
pub(super) fn headline(review: &Review) -> String {
    let verdict = &review.verdict;
    let Some(class) = verdict.class else {
        return match verdict.rust {
            Bump::None if review.wording == Wording::Paraphrased => {
                "No changes: the contract agrees with the page.".to_owned()
            }
            Bump::None => "No changes: the contracts are equal.".to_owned(),
            _ => "The contracts are equal, but the generated code differs.".to_owned(),
        };
    };
    let worst = match class {
        Class::Breaking => "breaking on the wire",
        Class::Unclassified => "unclassified: somebody has to read it",
        Class::Additive => "additive on the wire",
        Class::Documentation => "documentation only on the wire",
    };
    match review.changes.len() {
        1 => format!("1 change, {worst}."),
        count => format!("{count} changes, the worst {worst}."),
    }
}

/// The headings of the nodes that only one crate carries exactly, by whether the new one departs.
pub(super) const DEPARTURES: [(bool, &str); 2] = [
    (true, "No longer exact in the new crate"),
    (false, "Exact in the new crate, and not in the old one"),
];

/// Returns where a node is, in the form of [`NodeLocation`](crate::NodeLocation).
pub(super) fn located(diagnostic: &Diagnostic) -> String {
    let Diagnostic {
        file,
        line,
        column,
        pointer,
        ..
    } = diagnostic;
    format!("{file}:{line}:{column}  {pointer}")
}

/// Returns the heading of the changes of one severity.
pub(super) fn heading(severity: Class) -> &'static str {
    match severity {
        Class::Breaking => "Breaking",
        Class::Unclassified => "Unclassified",
        Class::Additive => "Additive",
        Class::Documentation => "Documentation only",
    }
}

/// Returns the bump of the contract's version in one sentence.
pub(super) fn wire_sentence(verdict: &Verdict) -> String {
    let mut text = match verdict.wire {
        Bump::None => "no bump".to_owned(),
        bump => format!("{bump} bump"),
    };
    match (&verdict.contract.old, &verdict.contract.required) {
        (Some(old), Some(required)) if old != required => {
            text.push_str(&format!(": {old} -> {required}"));
        }
        (Some(old), None) => text.push_str(&format!("; the contract's version is `{old}`")),
        _ => {}
    }
    text
}

/// Returns the bump of the crate's version in one sentence.
pub(super) fn rust_sentence(verdict: &Verdict) -> String {
    let mut text = match verdict.rust {
        Bump::None => "no bump".to_owned(),
        Bump::Major => "major bump, breaking".to_owned(),
        bump => format!("{bump} bump"),
    };
    if let (Some(old), Some(required)) = (&verdict.package.old, &verdict.package.required)
        && old != required
    {
        text.push_str(&format!(": {old} -> {required}"));
        if old.starts_with("0.") {
            text.push_str(match verdict.rust {
                Bump::Major => " (before 1.0.0, a breaking change raises the second number)",
                _ => " (before 1.0.0, this raises the third number)",
            });
        }
    }
    text.push_str(match verdict.basis {
        Basis::Compared => "",
        Basis::Rules => "; by the rules, since the code was not compared",
        Basis::Refused => "; by the rules, since the generator rejects the new contract",
    });
    text
}

/// The note on a change whose nodes may be unchanged.
pub(super) const THROUGH_REFERENCE: &str =
    "reached through a reference, or because another part of the contract applies now";

/// The result of `cargo-semver-checks` if it was not run.
pub(super) const UNCONFIRMED: &str =
    "cargo-semver-checks is not installed, so the API verdict is unconfirmed.";

/// Returns the bumps that a change requires: `major (wire), minor (crate): the struct …`.
pub(super) fn required_bumps(change: &Change) -> String {
    let bumps = format!("{} (wire), {} (crate)", change.wire, change.rust);
    // What the rule says about the code applies to its full bump only.
    if change.rust == change.rule.rust {
        format!("{bumps}: {}", change.rule.code)
    } else {
        bumps
    }
}

/// Returns the effects of a change, by who is affected.
pub(super) fn effects(change: &Change) -> Vec<(&'static str, Effect)> {
    let effects = change.effects();
    if let [(Some(_), request), (Some(_), response)] = effects.as_slice()
        && request == response
    {
        return vec![("both", *request)];
    }
    let name = |direction: Option<Direction>| direction.map_or("wire", Direction::name);
    effects
        .into_iter()
        .map(|(direction, effect)| (name(direction), effect))
        .collect()
}

/// Returns how many texts are worded differently only.
pub(super) fn reworded(count: usize) -> String {
    match count {
        1 => "1 text is worded differently, with the same figures.".to_owned(),
        n => format!("{n} texts are worded differently, with the same figures."),
    }
}

/// Returns the operations that a change affects: `POST /rerank (request and response)`.
pub(super) fn affected_operations(change: &Change) -> String {
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
        return match change.is_unused {
            true => "no operation".to_owned(),
            false => "the contract as a whole".to_owned(),
        };
    }
    let listed: Vec<_> = operations
        .iter()
        .take(LIST_LIMIT)
        .map(|(name, directions)| format!("{name} ({})", directions.join(" and ")))
        .collect();
    let more = operations.len().saturating_sub(LIST_LIMIT);
    let rest = if more > 0 {
        format!(", and {more} more")
    } else {
        String::new()
    };
    listed.join(", ") + &rest
}

/// The limit of operations to list in a sentence.
const LIST_LIMIT: usize = 8;

/// The limit of consecutive changes with the same rule.
const RUN_LIMIT: usize = 20;

/// Returns the changes of one severity to show. Of a longer run with the same rule, these are the
/// first ones, and the last of them has the number of changes that are not shown.
pub(super) fn shown(review: &Review, severity: Class) -> Vec<(&Change, usize)> {
    let mut shown: Vec<(&Change, usize)> = Vec::new();
    let (mut rule, mut run) = ("", 0);
    for change in review.of_severity(severity) {
        run = if change.rule.id == rule { run + 1 } else { 1 };
        rule = change.rule.id;
        match shown.last_mut() {
            Some((_, more)) if run > RUN_LIMIT => *more += 1,
            _ => shown.push((change, 0)),
        }
    }
    shown
}

//! The review: from two contracts to one report.

use std::fmt;

use bigmodel_rerank_openapi::with_stack;
use serde_json::Value;
use similar::TextDiff;

use crate::change::Change;
use crate::class::{Bump, Class};
use crate::compare::{Found, Walk};
use crate::items::items;
use crate::report;
use crate::rules::document;
use crate::rust_api::ItemChange;
use crate::semver::SemverChecks;
use crate::side::{Code, Side};
use crate::texts::Texts;
use crate::uses::Uses;
use crate::verdict::{Verdict, compared, judge};
use crate::wording::Wording;

/// For contracts that nest as deep as they may, references included.
const STACK: usize = 256 << 20;

/// What the caller settles.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How texts for readers are compared.
    pub wording: Wording,
    /// The texts of the new contract as people last read them; one that differs is told.
    pub read: Option<Texts>,
    /// What the page of the new contract says beside it.
    pub beside: String,
    /// What `cargo-semver-checks` says, where it was asked.
    pub semver_checks: Option<SemverChecks>,
    /// The commands that take the change on; empty takes those of this workspace.
    pub next: Vec<String>,
}

/// What changed between two contracts, and what it means.
#[derive(Clone, Debug)]
pub struct Review {
    /// What it comes to.
    pub verdict: Verdict,
    /// Every change, the worst first.
    pub changes: Vec<Change>,
    /// How the public items of the crate differ; empty where they were not compared.
    pub items: Vec<ItemChange>,
    /// The contracts after their overlays, as a unified diff of YAML.
    pub contract_diff: String,
    /// The public APIs, as a unified diff.
    pub rust_diff: String,
    /// What the generator refuses of each contract, as it says it.
    pub refused: [Option<String>; 2],
    /// How texts for readers were compared.
    pub wording: Wording,
    /// Texts in other words that state the same figures; they are no changes.
    pub reworded: usize,
    /// What another judge says of the crates.
    pub semver_checks: Option<SemverChecks>,
    /// What to do next, in order; commands as they are typed.
    pub next: Vec<String>,
}

/// Compares two contracts, and tells every difference.
pub fn review(old: &Side<'_>, new: &Side<'_>, options: &Options) -> Review {
    with_stack(STACK, || compare(old, new, options))
}

fn compare(old: &Side<'_>, new: &Side<'_>, options: &Options) -> Review {
    let values = [old, new].map(|side| side.contract.value());
    let [before, after] = values;
    let mut walk = Walk::compare(before, after, options.wording);
    if let Some(read) = &options.read {
        walk.unread_texts(read, &options.beside);
    }
    let [old_uses, new_uses] = values.map(Uses::new);
    walk.outside(&old_uses, &new_uses);
    let through = walk.scopes.uses(&old_uses, &new_uses);
    let apis = apis(old, new);
    let mut code = compared(old, new);
    // Other words are in the documentation of the code as well.
    if let Some((bump @ Bump::Patch, _)) = &mut code
        && options.wording == Wording::OwnWords
        && walk.found.is_empty()
    {
        *bump = Bump::None;
    }
    // No change can ask for more than all of them together.
    let ceiling = code.as_ref().map_or(Bump::Major, |(bump, _)| *bump);
    let mut changes: Vec<_> = walk
        .found
        .iter()
        .map(|found| {
            let uses = match found.scope {
                Some(scope) => through.get(scope).cloned().unwrap_or_default(),
                None => {
                    let old = found.old.first().map(|at| old_uses.of(at));
                    let new = found.new.first().map(|at| new_uses.of(at));
                    old.into_iter().chain(new).flatten().collect()
                }
            };
            let mut change = change(found, old, new);
            dangling(&mut change, &old_uses, &new_uses);
            change.uses = uses.into_iter().collect();
            finish(&mut change, ceiling);
            change
        })
        .collect();
    changes.sort_by_cached_key(|change| {
        let place = change.first_place();
        let place = place.map(|at| (at.file.clone(), at.line, at.column, at.pointer.clone()));
        let weight = (
            change.gravity(),
            change.wire.max(change.rust),
            change.class(),
        );
        (std::cmp::Reverse(weight), place, change.rule.id)
    });
    let rules = changes.iter().map(|change| change.rust).max();
    let (rust, items) = match code {
        Some((rust, items)) => (rust, items),
        None => (rules.unwrap_or_default(), Vec::new()),
    };
    let checks = options.semver_checks.as_ref();
    let verdict = judge(old, new, &changes, rust, checks);
    Review {
        next: report::next_steps(&verdict, &changes, options),
        contract_diff: diff(&values.map(yaml), ["old contract", "new contract"]),
        rust_diff: apis.map_or_else(String::new, |apis| {
            diff(&apis, ["old public API", "new public API"])
        }),
        refused: [old, new].map(refusal),
        wording: options.wording,
        reworded: walk.reworded,
        semver_checks: options.semver_checks.clone(),
        verdict,
        changes,
        items,
    }
}

fn change(found: &Found, old: &Side<'_>, new: &Side<'_>) -> Change {
    let place = |side: &Side<'_>, at: &[_]| at.iter().map(|at| side.place(at)).collect();
    Change {
        rule: found.rule,
        what: found.what.clone(),
        old: place(old, &found.old),
        new: place(new, &found.new),
        uses: Vec::new(),
        items: items(found, old.generated(), new.generated()),
        wire: Bump::None,
        rust: found.rust,
        notes: found.notes.clone(),
        through_reference: found.scope.is_some(),
        unused: false,
    }
}

/// A component that comes or goes while references name it in both contracts: in one of them
/// they lead nowhere, so what they name was not compared.
fn dangling(change: &mut Change, old: &Uses, new: &Uses) {
    let components = [
        &document::SCHEMA_ADDED,
        &document::SCHEMA_REMOVED,
        &document::COMPONENT_ADDED,
        &document::COMPONENT_REMOVED,
    ];
    if change.through_reference
        || !components
            .iter()
            .any(|rule| std::ptr::eq(*rule, change.rule))
    {
        return;
    }
    let named = |uses: &Uses| {
        change
            .first_place()
            .is_some_and(|at| !uses.of(&at.pointer).is_empty())
    };
    if named(old) && named(new) {
        change.rule = &document::REFERENCE_UNREAD;
        change.rust = change.rule.rust;
        change.notes.push(match change.new.is_empty() {
            true => "operations name it as before, and it is gone".to_owned(),
            false => "operations named it before it was there".to_owned(),
        });
    }
}

/// What follows from whom the change reaches.
fn finish(change: &mut Change, ceiling: Bump) {
    let component = |place: &crate::Place| place.pointer.as_str().starts_with("/components/");
    change.unused = change.uses.is_empty() && change.first_place().is_some_and(component);
    change.wire = change.class().bump();
    change.rust = change.rust.min(ceiling);
}

fn refusal(side: &Side<'_>) -> Option<String> {
    match side.code {
        Code::Refused(diagnostics) => Some(diagnostics.to_string()),
        Code::NotTried | Code::Generated(_) => None,
    }
}

fn yaml(value: &Value) -> String {
    serde_yaml::to_string(value).unwrap_or_else(|_| format!("{value:#}\n"))
}

/// The public APIs of the two crates, if both are there.
fn apis(old: &Side<'_>, new: &Side<'_>) -> Option<[String; 2]> {
    let crates = [old.generated()?, new.generated()?];
    Some(crates.map(|one| one.public_api.to_string()))
}

fn diff([old, new]: &[String; 2], names: [&str; 2]) -> String {
    if old == new {
        return String::new();
    }
    let [before, after] = names;
    let mut config = TextDiff::configure();
    // A diff is for reading: better a coarse one than none for minutes.
    config.timeout(std::time::Duration::from_secs(5));
    let diff = config.diff_lines(old.as_str(), new.as_str());
    diff.unified_diff().header(before, after).to_string()
}

impl Review {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.items.is_empty()
    }

    /// The changes that a report shows under one heading.
    pub fn of(&self, gravity: Class) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.gravity() == gravity)
    }

    /// The report for a person at a terminal.
    pub fn text(&self) -> String {
        report::text(self)
    }

    /// The report for programs.
    pub fn to_json(&self) -> Value {
        report::json(self)
    }

    /// The report as a page of its own, which loads nothing and runs no script.
    pub fn to_html(&self) -> String {
        report::html(self)
    }
}

impl fmt::Display for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

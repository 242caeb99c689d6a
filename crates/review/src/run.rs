//! Runs a review: from two contracts to the result.

use bigmodel_rerank_openapi::with_stack;
use serde_json::Value;
use similar::TextDiff;

use crate::change::Change;
use crate::classify::{classify, reclassify_dangling};
use crate::compare::{Differ, Difference};
use crate::crate_bump::compare_crates;
use crate::departures::departures;
use crate::items::items;
use crate::next_steps::next_steps;
use crate::options::Options;
use crate::review::Review;
use crate::severity::Bump;
use crate::side::{Code, Side};
use crate::uses::Uses;
use crate::verdict::Verdict;
use crate::wording::Wording;

/// The stack size for the deepest contracts and chains of references that are allowed.
const STACK: usize = 256 << 20;

/// Compares two contracts and reports every difference.
pub fn review(old: &Side<'_>, new: &Side<'_>, options: &Options) -> Review {
    with_stack(STACK, || compare(old, new, options))
}

fn compare(old: &Side<'_>, new: &Side<'_>, options: &Options) -> Review {
    let values = [old, new].map(|side| side.contract.value());
    let [before, after] = values;
    let mut differ = Differ::compare(before, after, options.wording);
    if let Some(read) = &options.read_texts {
        differ.unread_texts(read, &options.other_text);
    }
    let [old_uses, new_uses] = values.map(Uses::new);
    differ.external_refs(&old_uses, &new_uses);
    let uses_by_scope = differ.scopes.uses(&old_uses, &new_uses);
    let apis = apis(old, new);
    let mut code = compare_crates(old, new);
    // Paraphrased texts change the documentation of the code, which is not a change here.
    if let Some((bump @ Bump::Patch, _)) = &mut code
        && options.wording == Wording::Paraphrased
        && differ.differences.is_empty()
    {
        *bump = Bump::None;
    }
    // No change can require more than all of them together.
    let ceiling = code.as_ref().map_or(Bump::Major, |(bump, _)| *bump);
    let mut changes: Vec<_> = differ
        .differences
        .iter()
        .map(|difference| {
            let uses = match difference.scope {
                Some(scope) => uses_by_scope.get(scope).cloned().unwrap_or_default(),
                None => {
                    let old = difference.old.first().map(|at| old_uses.of(at));
                    let new = difference.new.first().map(|at| new_uses.of(at));
                    old.into_iter().chain(new).flatten().collect()
                }
            };
            let mut change = change(difference, old, new);
            reclassify_dangling(&mut change, &old_uses, &new_uses);
            change.uses = uses.into_iter().collect();
            classify(&mut change, ceiling);
            change
        })
        .collect();
    sort(&mut changes);
    let by_rules = changes.iter().map(|change| change.rust).max();
    let (rust, items) = code.unwrap_or_else(|| (by_rules.unwrap_or_default(), Vec::new()));
    let departures = departures(old, new);
    let verdict = Verdict::new(old, new, &changes, rust, options.semver_checks.as_ref());
    Review {
        next_steps: next_steps(&verdict, &changes, &departures, options),
        departures,
        contract_diff: diff(&values.map(yaml), ["old contract", "new contract"]),
        rust_diff: apis.map_or_else(String::new, |apis| {
            diff(&apis, ["old public API", "new public API"])
        }),
        refused: [old, new].map(refusal),
        wording: options.wording,
        reworded: differ.reworded,
        semver_checks: options.semver_checks.clone(),
        verdict,
        changes,
        items,
    }
}

fn change(difference: &Difference, old: &Side<'_>, new: &Side<'_>) -> Change {
    let locations =
        |side: &Side<'_>, nodes: &[_]| nodes.iter().map(|at| side.location(at)).collect();
    Change {
        rule: difference.rule,
        what: difference.what.clone(),
        old: locations(old, &difference.old),
        new: locations(new, &difference.new),
        uses: Vec::new(),
        items: items(difference, old.generated(), new.generated()),
        wire: Bump::None,
        rust: difference.rust,
        notes: difference.notes.clone(),
        through_reference: difference.scope.is_some(),
        is_unused: false,
    }
}

/// Sorts changes by severity, bump and class, and then by location.
fn sort(changes: &mut [Change]) {
    changes.sort_by_cached_key(|change| {
        let at = change.main_location();
        let at = at.map(|at| (at.location.clone(), at.pointer.clone()));
        let weight = (
            change.severity(),
            change.wire.max(change.rust),
            change.class(),
        );
        (std::cmp::Reverse(weight), at, change.rule.id)
    });
}

fn refusal(side: &Side<'_>) -> Option<String> {
    match side.code {
        Code::Refused(diagnostics) => Some(diagnostics.to_string()),
        Code::NotGenerated | Code::Generated(_) => None,
    }
}

fn yaml(value: &Value) -> String {
    serde_yaml::to_string(value).unwrap_or_else(|_| format!("{value:#}\n"))
}

/// Returns the public APIs of the two crates, if both exist.
fn apis(old: &Side<'_>, new: &Side<'_>) -> Option<[String; 2]> {
    let crates = [old.generated()?, new.generated()?];
    Some(crates.map(|one| one.public_api().to_string()))
}

fn diff([old, new]: &[String; 2], names: [&str; 2]) -> String {
    if old == new {
        return String::new();
    }
    let [before, after] = names;
    let mut config = TextDiff::configure();
    // For a reader, a coarse diff is better than one that takes minutes.
    config.timeout(std::time::Duration::from_secs(5));
    let diff = config.diff_lines(old.as_str(), new.as_str());
    diff.unified_diff().header(before, after).to_string()
}

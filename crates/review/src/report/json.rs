//! The report for programs. The names of members are stable; members may be added.

use bigmodel_rerank_codegen::Notice;
use serde_json::{Value, json};

use crate::change::Change;
use crate::departures::Departure;
use crate::location::NodeLocation;
use crate::review::Review;
use crate::rust_api::ItemChange;
use crate::severity::Direction;
use crate::verdict::{Verdict, Versions};

pub(super) fn json(review: &Review) -> Value {
    let [old, new] = &review.refused;
    json!({
        "format": 2,
        "verdict": verdict(&review.verdict),
        "changes": review.changes.iter().map(change).collect::<Vec<_>>(),
        "rust_items": review.items.iter().map(item).collect::<Vec<_>>(),
        "departures": review.departures.iter().map(departure).collect::<Vec<_>>(),
        "reworded": review.reworded,
        "refused": {"old": old, "new": new},
        "semver_checks": review.semver_checks.as_ref().map(|checks| json!({
            "installed": checks.installed,
            "required": checks.required.map(|bump| bump.name()),
            "text": checks.text,
        })),
        "contract_diff": review.contract_diff,
        "rust_diff": review.rust_diff,
        "next": review.next_steps.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn verdict(verdict: &Verdict) -> Value {
    json!({
        "class": verdict.class.map(|class| class.name()),
        "wire": verdict.wire.name(),
        "rust": verdict.rust.name(),
        "rust_basis": verdict.basis.name(),
        "contract_version": versions(&verdict.contract),
        "crate_version": versions(&verdict.package),
        "disagreement": verdict.disagreement,
    })
}

fn versions(versions: &Versions) -> Value {
    json!({
        "old": versions.old,
        "new": versions.new,
        "asked": versions.required,
        "enough": versions.is_sufficient,
    })
}

fn change(change: &Change) -> Value {
    let effects = change.effects();
    let effect = |direction| {
        let effect = effects.iter().find(|(known, _)| *known == direction);
        effect.map(|(_, effect)| json!({"class": effect.class.name(), "reason": effect.reason}))
    };
    json!({
        "rule": change.rule.id,
        "name": change.rule.name,
        "what": change.what,
        "class": change.class().name(),
        "severity": change.severity().name(),
        "wire": change.wire.name(),
        "rust": change.rust.name(),
        "request": effect(Some(Direction::Request)),
        "response": effect(Some(Direction::Response)),
        "elsewhere": effect(None),
        "old": change.old.iter().map(location).collect::<Vec<_>>(),
        "new": change.new.iter().map(location).collect::<Vec<_>>(),
        "operations": change.uses.iter().map(|one| json!({
            "operation": one.operation,
            "direction": one.direction.name(),
        })).collect::<Vec<_>>(),
        "rust_items": change.items,
        "code": change.rule.code,
        "remedy": change.remedy(),
        "notes": change.notes,
        "through_reference": change.through_reference,
    })
}

fn location(location: &NodeLocation) -> Value {
    json!({
        "pointer": location.pointer.as_str(),
        "file": location.location.file,
        "line": location.location.line,
        "column": location.location.column,
    })
}

fn departure(departure: &Departure) -> Value {
    let Notice { rule, diagnostic } = &departure.notice;
    json!({
        "in": if departure.is_new { "new" } else { "old" },
        "class": rule.class.as_str(),
        "rule": rule.id,
        "carried": rule.carried,
        "what": diagnostic.message,
        "pointer": diagnostic.pointer.as_str(),
        "file": diagnostic.file,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "remedy": diagnostic.help,
    })
}

fn item(item: &ItemChange) -> Value {
    json!({
        "item": item.item,
        "old": item.old,
        "new": item.new,
        "bump": item.bump.name(),
        "reason": item.reason,
    })
}

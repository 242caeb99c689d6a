//! Security requirements: alternatives, of which a caller needs one.

use std::collections::BTreeSet;

use bigmodel_rerank_openapi::grammar::Role;
use bigmodel_rerank_openapi::{Method, reference};
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::sides::Sides;
use crate::rules::document;
use crate::severity::Bump;

/// The description of an alternative without credentials.
const NOTHING: &str = "nothing";

impl<'a> Differ<'a> {
    /// Compares the requirements that apply to a node: its own, or else those of the contract.
    pub(super) fn security(&mut self, role: Role, at: &Pointers, sides: Sides<'a>) {
        if sides.are_equal() {
            return;
        }
        let effective = |own: Option<&'a Value>, root: &'a Value| {
            alternatives(own.or_else(|| root.get("security")))
        };
        let sets = (
            effective(sides.old_value(), self.old),
            effective(sides.new_value(), self.new),
        );
        let (Some(old), Some(new)) = sets else {
            self.record_value(&document::MALFORMED_CHANGED, at, sides);
            return;
        };
        let nothing = BTreeSet::from([NOTHING.to_owned()]);
        let applies = role != Role::DOCUMENT || self.is_inherited();
        let rule = if old == new || !applies {
            &document::SPELLED_OUT
        } else if old.is_subset(&new) {
            &document::SECURITY_ALTERNATIVE_ADDED
        } else if new.is_subset(&old) {
            &document::SECURITY_ALTERNATIVE_REMOVED
        } else if old == nothing {
            &document::SECURITY_REQUIRED
        } else if new == nothing {
            &document::SECURITY_NO_LONGER_REQUIRED
        } else {
            &document::SECURITY_CHANGED
        };
        let list = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join(" or ");
        let what = format!(
            "{} requires {} -> {}",
            self.name(&at.parent(), sides),
            list(old),
            list(new)
        );
        let mut difference = self.difference(rule, at, sides, what);
        if !applies {
            difference.rust = Bump::Major;
            let note = "every operation has security requirements of its own";
            difference.notes.push(note.to_owned());
        }
        self.differences.push(difference);
    }

    /// Whether any operation inherits the requirements in both contracts, as far as that can be
    /// decided. Without operations in both contracts, the answer is yes.
    fn is_inherited(&self) -> bool {
        let items = |root: &'a Value| root.get("paths").and_then(Value::as_object);
        let (Some(old), Some(new)) = (items(self.old), items(self.new)) else {
            return true;
        };
        let mut any = false;
        for (path, item) in old {
            let Some(other) = new.get(path) else {
                continue;
            };
            if reference::text(item).is_some() || reference::text(other).is_some() {
                return true;
            }
            for method in Method::ALL {
                if let (Some(before), Some(after)) =
                    (item.get(method.key()), other.get(method.key()))
                {
                    any = true;
                    if before.get("security").is_none() && after.get("security").is_none() {
                        return true;
                    }
                }
            }
        }
        !any
    }
}

/// Describes each alternative; `None` if one is malformed.
fn alternatives(security: Option<&Value>) -> Option<BTreeSet<String>> {
    let Some(security) = security else {
        return Some(BTreeSet::from([NOTHING.to_owned()]));
    };
    let all: Option<BTreeSet<_>> = security.as_array()?.iter().map(alternative).collect();
    all.map(|all| {
        if all.is_empty() {
            BTreeSet::from([NOTHING.to_owned()])
        } else {
            all
        }
    })
}

/// Describes an alternative: `bearerAuth`, `key and secret`, `oauth (read, write)`, or `nothing`.
fn alternative(requirement: &Value) -> Option<String> {
    let mut schemes = Vec::new();
    for (name, scopes) in requirement.as_object()? {
        let scopes: Option<BTreeSet<_>> = scopes.as_array()?.iter().map(Value::as_str).collect();
        let scopes: Vec<_> = scopes?.into_iter().collect();
        schemes.push(if scopes.is_empty() {
            format!("`{name}`")
        } else {
            format!("`{name}` ({})", scopes.join(", "))
        });
    }
    schemes.sort();
    Some(if schemes.is_empty() {
        NOTHING.to_owned()
    } else {
        schemes.join(" and ")
    })
}

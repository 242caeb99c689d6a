//! Ways to authenticate: alternatives, of which a caller needs one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::grammar::Kind;
use super::{At, Both, Walk};
use crate::class::Bump;
use crate::refs::reference;
use crate::rules::document;
use crate::uses::METHODS;

impl<'a> Walk<'a> {
    /// Compares what holds at a place: its own alternatives, or else those of the contract.
    pub(super) fn security(&mut self, kind: Kind, at: &At, both: Both<'a>) {
        if both.0 == both.1 {
            return;
        }
        let effective = |own: Option<&'a Value>, root: &'a Value| {
            alternatives(own.or_else(|| root.get("security")))
        };
        let sets = (effective(both.0, self.old), effective(both.1, self.new));
        let (Some(old), Some(new)) = sets else {
            self.tell_value(&document::MALFORMED, at, both);
            return;
        };
        let nothing = BTreeSet::from(["nothing".to_owned()]);
        let holds = kind != Kind::Document || self.is_inherited();
        let rule = if old == new || !holds {
            &document::SPELLED_OUT
        } else if old.is_subset(&new) {
            &document::SECURITY_ALTERNATIVE_ADDED
        } else if new.is_subset(&old) {
            &document::SECURITY_ALTERNATIVE_REMOVED
        } else if old == nothing {
            &document::SECURITY_REQUIRED
        } else if new == nothing {
            &document::SECURITY_DROPPED
        } else {
            &document::SECURITY_CHANGED
        };
        let list = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join(" or ");
        let holder = At {
            old: at.old.parent().unwrap_or_default(),
            new: at.new.parent().unwrap_or_default(),
        };
        let what = format!(
            "{} asks for {} -> {}",
            self.name(&holder, both),
            list(old),
            list(new)
        );
        let mut found = self.difference(rule, at, both, what);
        if !holds {
            found.rust = Bump::Major;
            let note = "every operation says for itself what it asks for";
            found.notes.push(note.to_owned());
        }
        self.found.push(found);
    }

    /// Whether an operation of both contracts leaves it to the contract in both of them, as far
    /// as that can be seen; where there is none at all, nobody says otherwise.
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
            if reference(item).is_some() || reference(other).is_some() {
                return true;
            }
            for method in METHODS {
                if let (Some(before), Some(after)) = (item.get(method), other.get(method)) {
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

/// Each alternative in words; `None` where one is not as OpenAPI has it.
fn alternatives(security: Option<&Value>) -> Option<BTreeSet<String>> {
    let Some(security) = security else {
        return Some(BTreeSet::from(["nothing".to_owned()]));
    };
    let all: Option<BTreeSet<_>> = security.as_array()?.iter().map(alternative).collect();
    all.map(|all| {
        if all.is_empty() {
            BTreeSet::from(["nothing".to_owned()])
        } else {
            all
        }
    })
}

/// `bearerAuth`, `key and secret`, `oauth (read, write)`, or `nothing`.
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
        "nothing".to_owned()
    } else {
        schemes.join(" and ")
    })
}

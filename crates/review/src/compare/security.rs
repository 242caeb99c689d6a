//! Ways to authenticate: alternatives, of which a caller needs one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{At, Both, Walk};
use crate::rules::document;

impl<'a> Walk<'a> {
    /// Compares what holds at a place: its own alternatives, or else those of the contract.
    pub(super) fn security(&mut self, at: &At, both: Both<'a>) {
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
        let rule = if old == new {
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
        self.tell(rule, at, both, what);
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

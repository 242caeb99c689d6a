//! Nodes that only one of the two crates carries exactly.

use std::collections::HashSet;

use bigmodel_rerank_codegen::{Class, Generated, Notice};

use crate::side::Side;

/// A node that the generated crate carries loosely or skips in one of the two contracts only.
#[derive(Clone, Debug)]
pub struct Departure {
    /// Whether the crate of the new contract departs from it; otherwise that of the old one did.
    pub is_new: bool,
    /// The rule, and what the contract says there.
    pub notice: Notice,
}

/// Returns the nodes that only one of the crates carries exactly; none unless both exist.
pub(crate) fn departures(old: &Side<'_>, new: &Side<'_>) -> Vec<Departure> {
    let (Some(old), Some(new)) = (old.generated(), new.generated()) else {
        return Vec::new();
    };
    let mut departures = only_in(new, old, true);
    departures.extend(only_in(old, new, false));
    departures
}

fn only_in(one: &Generated, other: &Generated, is_new: bool) -> Vec<Departure> {
    let key = |notice: &Notice| (notice.rule.id, notice.diagnostic.pointer.clone());
    let known: HashSet<_> = other.notices.iter().map(key).collect();
    one.notices
        .iter()
        .filter(|notice| notice.rule.class != Class::Exact && !known.contains(&key(notice)))
        .map(|notice| Departure {
            is_new,
            notice: notice.clone(),
        })
        .collect()
}

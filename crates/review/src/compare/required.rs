//! The `required` lists of both contracts: the index of each name, and which names were recorded
//! together with their property.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::lists::align;

/// The required names of both contracts.
pub(super) struct RequiredNames<'a> {
    /// The first index of each name in the old list.
    old: HashMap<&'a str, usize>,
    /// The first index of each name in the new list.
    pub(super) new: HashMap<&'a str, usize>,
    /// Names that were added or removed together with their property.
    recorded: HashSet<&'a str>,
}

/// Whether a property that only one contract has is required there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Requirement {
    Optional,
    /// It is required, and so is its name in the other contract, which lacks the property.
    InBoth,
    /// It is required by the item at this index, which only this contract has.
    At(usize),
}

impl<'a> RequiredNames<'a> {
    pub(super) fn new([old, new]: [&'a [Value]; 2]) -> Self {
        let indices = |list: &'a [Value]| {
            let names = list.iter().enumerate().rev();
            let names = names.filter_map(|(index, name)| Some((name.as_str()?, index)));
            names.collect::<HashMap<_, _>>()
        };
        Self {
            old: indices(old),
            new: indices(new),
            recorded: HashSet::new(),
        }
    }

    /// Returns whether a property that only one contract has is required there. If only this
    /// contract requires the name, it counts as recorded.
    pub(super) fn record(&mut self, name: &str, is_added: bool) -> Requirement {
        let (own, other) = if is_added {
            (&self.new, &self.old)
        } else {
            (&self.old, &self.new)
        };
        let Some((key, index)) = own.get_key_value(name) else {
            return Requirement::Optional;
        };
        if other.contains_key(name) {
            return Requirement::InBoth;
        }
        self.recorded.insert(key);
        Requirement::At(*index)
    }

    /// Returns the names that only the old list has and that were not recorded, with indices.
    pub(super) fn only_old(&self) -> Vec<(usize, &'a str)> {
        only(&self.old, &self.new, &self.recorded)
    }

    /// Returns the names that only the new list has and that were not recorded, with indices.
    pub(super) fn only_new(&self) -> Vec<(usize, &'a str)> {
        only(&self.new, &self.old, &self.recorded)
    }

    /// Whether the lists differ in more than the names that only one of them has.
    pub(super) fn differ_otherwise(&self, [old, new]: [&'a [Value]; 2]) -> bool {
        let rest = |list: &'a [Value], own: &HashMap<&str, usize>, other: &HashMap<&str, usize>| {
            let is_only = |index: usize, item: &Value| {
                let name = item.as_str();
                name.is_some_and(|name| own.get(name) == Some(&index) && !other.contains_key(name))
            };
            let items = list.iter().enumerate();
            let rest = items.filter(|(index, item)| !is_only(*index, item));
            rest.map(|(_, item)| item.to_string()).collect::<Vec<_>>()
        };
        let old_rest = rest(old, &self.old, &self.new);
        let new_rest = rest(new, &self.new, &self.old);
        let aligned = align(old_rest, new_rest);
        aligned.is_rearranged() || !aligned.removed.is_empty() || !aligned.added.is_empty()
    }
}

fn only<'a>(
    own: &HashMap<&'a str, usize>,
    other: &HashMap<&'a str, usize>,
    recorded: &HashSet<&'a str>,
) -> Vec<(usize, &'a str)> {
    let mut only: Vec<_> = own
        .iter()
        .filter(|(name, _)| !other.contains_key(*name) && !recorded.contains(*name))
        .map(|(name, index)| (*index, *name))
        .collect();
    only.sort_unstable();
    only
}

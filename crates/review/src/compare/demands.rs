//! The lists of required names in both contracts: who stands where, and what was told of it.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::lists::align;

/// The required names of both contracts and their first places in the lists.
pub(super) struct Demands<'a> {
    old: HashMap<&'a str, usize>,
    pub(super) new: HashMap<&'a str, usize>,
    /// Names whose places came or went with their property.
    settled: HashSet<&'a str>,
}

impl<'a> Demands<'a> {
    pub(super) fn new([old, new]: [&'a [Value]; 2]) -> Self {
        let places = |list: &'a [Value]| {
            let names = list.iter().enumerate().rev();
            let names = names.filter_map(|(place, name)| Some((name.as_str()?, place)));
            names.collect::<HashMap<_, _>>()
        };
        Self {
            old: places(old),
            new: places(new),
            settled: HashSet::new(),
        }
    }

    /// Whether a property that only one contract has is required there, and its place in
    /// the list if that went with it.
    pub(super) fn settle(&mut self, name: &str, added: bool) -> Option<Option<usize>> {
        let (mine, others) = if added {
            (&self.new, &self.old)
        } else {
            (&self.old, &self.new)
        };
        let (key, place) = mine
            .get_key_value(name)
            .map(|(key, place)| (*key, *place))?;
        if others.contains_key(name) {
            return Some(None);
        }
        self.settled.insert(key);
        Some(Some(place))
    }

    /// Names that only the old list has, by their places.
    pub(super) fn only_old(&self) -> Vec<(usize, &'a str)> {
        only(&self.old, &self.new, &self.settled)
    }

    /// Names that only the new list has, by their places.
    pub(super) fn only_new(&self) -> Vec<(usize, &'a str)> {
        only(&self.new, &self.old, &self.settled)
    }

    /// Whether the lists differ beyond the names that only one of them has.
    pub(super) fn leftovers(&self, [old, new]: [&'a [Value]; 2]) -> bool {
        let rest = |list: &'a [Value],
                    mine: &HashMap<&str, usize>,
                    other: &HashMap<&str, usize>| {
            let told = |place: usize, item: &Value| {
                let name = item.as_str();
                name.is_some_and(|name| mine.get(name) == Some(&place) && !other.contains_key(name))
            };
            let items = list.iter().enumerate();
            let rest = items.filter(|(place, item)| !told(*place, item));
            rest.map(|(_, item)| item.to_string()).collect::<Vec<_>>()
        };
        let old_rest = rest(old, &self.old, &self.new);
        let new_rest = rest(new, &self.new, &self.old);
        let aligned = align(old_rest, new_rest);
        aligned.is_rearranged() || !aligned.removed.is_empty() || !aligned.added.is_empty()
    }
}

fn only<'a>(
    mine: &HashMap<&'a str, usize>,
    others: &HashMap<&'a str, usize>,
    settled: &HashSet<&'a str>,
) -> Vec<(usize, &'a str)> {
    let mut only: Vec<_> = mine
        .iter()
        .filter(|(name, _)| !others.contains_key(*name) && !settled.contains(*name))
        .map(|(name, place)| (*place, *name))
        .collect();
    only.sort_unstable();
    only
}

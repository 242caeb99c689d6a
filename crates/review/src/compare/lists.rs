//! Aligns lists whose order is insignificant: which items were added, removed or moved.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use serde_json::{Map, Value};

/// How the items of two lists correspond.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Aligned {
    /// The indices of items that both lists have, in the order of the old list.
    pub(super) kept: Vec<(usize, usize)>,
    /// The indices of items that only the old list has.
    pub(super) removed: Vec<usize>,
    /// The indices of items that only the new list has.
    pub(super) added: Vec<usize>,
}

impl Aligned {
    /// Whether the items that both lists have are in another order.
    pub(super) fn is_rearranged(&self) -> bool {
        !self.kept.is_sorted_by_key(|(_, new)| *new)
    }
}

/// Aligns two lists by a key of their items. The nth item with a key corresponds to the nth item
/// with this key in the other list.
pub(super) fn align<K: Eq + Hash>(old: Vec<K>, new: Vec<K>) -> Aligned {
    let mut indices: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (index, key) in new.into_iter().enumerate() {
        indices.entry(key).or_default().push_back(index);
    }
    let mut aligned = Aligned::default();
    for (index, key) in old.into_iter().enumerate() {
        match indices.get_mut(&key).and_then(VecDeque::pop_front) {
            Some(other) => aligned.kept.push((index, other)),
            None => aligned.removed.push(index),
        }
    }
    aligned.added = indices.into_values().flatten().collect();
    aligned.added.sort_unstable();
    aligned
}

/// Returns every key of two objects, those of the old one first.
pub(super) fn keys<'a>(
    old: &'a Map<String, Value>,
    new: &'a Map<String, Value>,
) -> impl Iterator<Item = &'a String> {
    let added = new.keys().filter(|key| !old.contains_key(*key));
    old.keys().chain(added)
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn equal_items_are_aligned_in_order() {
        let aligned = align(vec!["a", "b", "a"], vec!["b", "a"]);
        assert_eq!(aligned.kept, [(0, 1), (1, 0)]);
        assert_eq!(aligned.removed, [2]);
        assert!(aligned.added.is_empty() && aligned.is_rearranged());
    }
}

//! Lists whose order means little: what came, what went, what only moved.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// How the items of two lists correspond.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Items that both lists have, by their places, in the order of the old list.
    pub(super) kept: Vec<(usize, usize)>,
    /// Places in the old list of items that the new one lacks.
    pub(super) removed: Vec<usize>,
    /// Places in the new list of items that the old one lacks.
    pub(super) added: Vec<usize>,
}

impl Aligned {
    /// Whether the items that both lists have stand in another order.
    pub(super) fn is_rearranged(&self) -> bool {
        !self.kept.is_sorted_by_key(|(_, new)| *new)
    }
}

/// Aligns two lists by a key of their items: each n-th of a key with the other n-th.
pub(super) fn align<K: Eq + Hash>(old: Vec<K>, new: Vec<K>) -> Aligned {
    let mut places: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (place, key) in new.into_iter().enumerate() {
        places.entry(key).or_default().push_back(place);
    }
    let mut aligned = Aligned::default();
    for (place, key) in old.into_iter().enumerate() {
        match places.get_mut(&key).and_then(VecDeque::pop_front) {
            Some(other) => aligned.kept.push((place, other)),
            None => aligned.removed.push(place),
        }
    }
    aligned.added = places.into_values().flatten().collect();
    aligned.added.sort_unstable();
    aligned
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn equal_items_are_told_apart_by_their_number() {
        let aligned = align(vec!["a", "b", "a"], vec!["b", "a"]);
        assert_eq!(aligned.kept, [(0, 1), (1, 0)]);
        assert_eq!(aligned.removed, [2]);
        assert!(aligned.added.is_empty() && aligned.is_rearranged());
    }
}

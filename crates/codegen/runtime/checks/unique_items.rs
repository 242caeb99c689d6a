//! Lists without duplicates, found by hash.

use std::collections::HashMap;
use std::hash::Hash;

use crate::validation::{At, Limit, Violations};

/// Reports items that are the same.
pub(crate) fn unique_items<T>(items: &[T], at: At<'_>, broken: &mut Violations)
where
    T: Eq + Hash,
{
    let mut seen = HashMap::new();
    for (second, item) in items.iter().enumerate() {
        if let Some(first) = seen.insert(item, second) {
            let found = format!("items {first} and {second} are the same");
            broken.push(at, found, Limit::UniqueItems);
        }
    }
}

//! Lists without duplicates, for items without a hash.

use crate::validation::{At, Limit, Violations};

/// Reports items that are the same, comparing each with all before it.
pub(crate) fn unique_values<T>(items: &[T], at: At<'_>, broken: &mut Violations)
where
    T: PartialEq,
{
    for (second, item) in items.iter().enumerate() {
        if let Some(first) = items.iter().take(second).position(|other| other == item) {
            let found = format!("items {first} and {second} are the same");
            broken.push(at, found, Limit::UniqueItems);
        }
    }
}

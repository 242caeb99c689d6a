//! Checks that a review reports every difference: what it does not report must be equal.

use bigmodel_rerank_review::{Change, NodeLocation, Review};
use serde_json::Value;

/// Returns both contracts without the nodes that the review reports. They are equal if it reports
/// every difference.
pub(crate) fn unreported(review: &Review, old: &Value, new: &Value) -> (Value, Value) {
    let pointers = |locations: fn(&Change) -> &[NodeLocation]| {
        // Another target of a reference is reported for the reference itself too.
        let direct = review
            .changes
            .iter()
            .filter(|change| !change.through_reference);
        let all = direct.flat_map(locations);
        all.map(|location| location.pointer.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    (
        pruned(old, pointers(|change| &change.old)),
        pruned(new, pointers(|change| &change.new)),
    )
}

/// Removes the nodes at `pointers` from a value, the deepest and last ones first.
fn pruned(value: &Value, pointers: Vec<String>) -> Value {
    let mut value = value.clone();
    let mut pointers: Vec<(usize, Option<usize>, String)> = pointers
        .into_iter()
        .map(|pointer| {
            let last = pointer
                .rsplit('/')
                .next()
                .and_then(|last| last.parse().ok());
            (pointer.matches('/').count(), last, pointer)
        })
        .collect();
    pointers.sort();
    pointers.dedup();
    for (_, _, pointer) in pointers.into_iter().rev() {
        let Some((parent, key)) = pointer.rsplit_once('/') else {
            return Value::Null;
        };
        let key = key.replace("~1", "/").replace("~0", "~");
        match value.pointer_mut(parent) {
            Some(Value::Object(members)) => drop(members.shift_remove(&key)),
            Some(Value::Array(items)) => {
                let index: usize = key.parse().expect("an index");
                if index < items.len() {
                    items.remove(index);
                }
            }
            _ => {}
        }
    }
    value
}

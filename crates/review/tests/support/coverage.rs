//! Whether a review tells everything: what it does not tell must be the same on both sides.

use bigmodel_rerank_review::{Change, Place, Review};
use serde_json::Value;

/// Both contracts without the nodes that the review tells: equal if it tells everything.
pub(crate) fn untold(review: &Review, old: &Value, new: &Value) -> (Value, Value) {
    let places = |places: fn(&Change) -> &[Place]| {
        // What a reference names now is told of the reference itself.
        let direct = review
            .changes
            .iter()
            .filter(|change| !change.through_reference);
        let all = direct.flat_map(places);
        all.map(|place| place.pointer.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    (
        pruned(old, places(|change| &change.old)),
        pruned(new, places(|change| &change.new)),
    )
}

/// The value without the nodes at `pointers`, the deepest and the last ones first.
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
        let Some((holder, key)) = pointer.rsplit_once('/') else {
            return Value::Null;
        };
        let key = key.replace("~1", "/").replace("~0", "~");
        match value.pointer_mut(holder) {
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

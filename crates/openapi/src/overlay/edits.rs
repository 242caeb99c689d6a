//! Edits of a contract's nodes, and the record that traces a node back to its file.

use std::cmp::Reverse;
use std::collections::HashSet;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::Pointer;

/// How deep a target may be nested. An update is at most that deep as well, so that no number
/// of actions can make a tree too deep to recurse into.
const DEPTH_LIMIT: usize = 128;

/// One edit, with the addresses as they were right after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// The node `at` is the overlay's node `from`.
    Added { at: Pointer, from: Pointer },
    /// `array` lost the item `index`, and the items after it moved up.
    ItemRemoved { array: Pointer, index: usize },
    /// A member was removed, which moves no other node.
    MemberRemoved,
}

/// Why an action cannot be applied to its targets.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Refusal {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self {
            message: message.into(),
            help,
        }
    }
}

/// The nodes that a query selects, each once.
pub(super) fn targets(query: &JsonPath, value: &Value) -> Vec<Pointer> {
    let mut seen = HashSet::new();
    query
        .query_located(value)
        .locations()
        .map(|path| Pointer::parse(&path.to_json_pointer()))
        .filter(|pointer| seen.insert(pointer.clone()))
        .collect()
}

/// The address of a node before `array` lost its item `index`.
pub(crate) fn before_removal(pointer: &Pointer, array: &Pointer, index: usize) -> Pointer {
    let moved = || {
        let below = pointer.below(array)?.strip_prefix('/')?;
        let (item, rest) = below.split_at(below.find('/').unwrap_or(below.len()));
        let item: usize = item.parse().ok().filter(|item| *item >= index)?;
        Some(format!("{}/{}{rest}", array.as_str(), item + 1))
    };
    moved().map_or_else(|| pointer.clone(), |text| Pointer::parse(&text))
}

/// Removes the targets.
pub(super) fn remove(value: &mut Value, mut targets: Vec<Pointer>) -> Result<Vec<Edit>, Refusal> {
    if targets.contains(&Pointer::root()) {
        return Err(Refusal::new(
            "the target is the whole contract, which cannot be removed",
            "name the node to remove",
        ));
    }
    // The deepest first, and the last of an array first, so that targets yet to be removed
    // keep their addresses.
    targets.sort_by_cached_key(|pointer| Reverse((depth(pointer), index(pointer))));
    let edits = targets
        .iter()
        .filter_map(|target| remove_one(value, target));
    Ok(edits.collect())
}

fn remove_one(value: &mut Value, target: &Pointer) -> Option<Edit> {
    let parent = target.parent()?;
    match value.pointer_mut(parent.as_str())? {
        // Not `remove`, which would move the last member into the gap.
        Value::Object(object) => object
            .shift_remove(&target.last())
            .map(|_| Edit::MemberRemoved),
        Value::Array(array) => {
            let index = index(target).filter(|index| *index < array.len())?;
            array.remove(index);
            Some(Edit::ItemRemoved {
                array: parent,
                index,
            })
        }
        _ => None,
    }
}

fn depth(pointer: &Pointer) -> usize {
    pointer.as_str().matches('/').count()
}

fn index(pointer: &Pointer) -> Option<usize> {
    pointer.last().parse().ok()
}

/// Merges `update`, the overlay's node `from`, into each target.
pub(super) fn update(
    value: &mut Value,
    targets: &[Pointer],
    update: &Value,
    from: &Pointer,
) -> Result<Vec<Edit>, Refusal> {
    for target in targets {
        check_update(value, target, update)?;
    }
    let mut edits = Vec::new();
    for target in targets {
        // The update of a target further up may have replaced this one.
        match value.pointer_mut(target.as_str()) {
            Some(Value::Array(array)) if !update.is_array() => {
                append(array, update, target, from.clone(), &mut edits);
            }
            Some(node) => merge(node, update, target, from, &mut edits),
            None => {}
        }
    }
    Ok(edits)
}

/// Checks that an update can be merged into a target.
fn check_update(value: &Value, target: &Pointer, update: &Value) -> Result<(), Refusal> {
    if depth(target) > DEPTH_LIMIT {
        return Err(Refusal::new(
            format!("the target is nested more than {DEPTH_LIMIT} levels deep"),
            "flatten the contract",
        ));
    }
    match value.pointer(target.as_str()) {
        Some(Value::Array(_)) => Ok(()),
        Some(Value::Object(_)) if update.is_object() => Ok(()),
        Some(Value::Object(_)) => Err(Refusal::new(
            format!("expected an object as update of the object `{target}`"),
            "write an object as update",
        )),
        _ => Err(Refusal::new(
            format!("`{target}` is neither an object nor an array, and cannot be updated"),
            "target the object that holds it, and write the new value as a member",
        )),
    }
}

/// Objects are merged, arrays are joined, and anything else is replaced.
fn merge(node: &mut Value, update: &Value, at: &Pointer, from: &Pointer, edits: &mut Vec<Edit>) {
    match (node, update) {
        (Value::Object(object), Value::Object(members)) => {
            for (key, update) in members {
                let (at, from) = (at.key(key), from.key(key));
                if let Some(member) = object.get_mut(key) {
                    merge(member, update, &at, &from, edits);
                } else {
                    object.insert(key.clone(), update.clone());
                    edits.push(Edit::Added { at, from });
                }
            }
        }
        (Value::Array(array), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                append(array, item, at, from.index(index), edits);
            }
        }
        (node, update) if node != update => {
            *node = update.clone();
            edits.push(Edit::Added {
                at: at.clone(),
                from: from.clone(),
            });
        }
        _ => {}
    }
}

fn append(
    array: &mut Vec<Value>,
    item: &Value,
    at: &Pointer,
    from: Pointer,
    edits: &mut Vec<Edit>,
) {
    edits.push(Edit::Added {
        at: at.index(array.len()),
        from,
    });
    array.push(item.clone());
}

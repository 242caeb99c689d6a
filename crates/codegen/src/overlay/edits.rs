//! Changes to a contract's nodes, and the record by which a node is traced back.

use std::cmp::Reverse;
use std::collections::HashSet;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::pointer::Pointer;

/// How deep a target may stand. An update is at most that deep as well, so that no
/// number of actions can make a tree too deep to recurse into.
const DEPTH_LIMIT: usize = 128;

/// One change, with the addresses as they were right after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// The node `at` is the overlay's node `from`.
    Brought { at: Pointer, from: Pointer },
    /// `array` lost the item `index`, and those behind it moved up.
    Closed { array: Pointer, index: usize },
    /// A member went, which moves no other node.
    Dropped,
}

/// Why targets cannot be changed as the action wants.
pub(super) struct Refusal {
    pub(super) problem: String,
    pub(super) remedy: &'static str,
}

impl Refusal {
    fn new(problem: impl Into<String>, remedy: &'static str) -> Self {
        Self {
            problem: problem.into(),
            remedy,
        }
    }
}

/// The nodes that a query finds, each once.
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
pub(super) fn reopened(pointer: &Pointer, array: &Pointer, index: usize) -> Pointer {
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
    // The deepest first, and the last of an array first: what is yet to be removed
    // keeps its address.
    targets.sort_by_cached_key(|pointer| Reverse((depth(pointer), index(pointer))));
    let edits = targets
        .iter()
        .filter_map(|target| remove_one(value, target));
    Ok(edits.collect())
}

fn remove_one(value: &mut Value, target: &Pointer) -> Option<Edit> {
    let holder = target.parent()?;
    match value.pointer_mut(holder.as_str())? {
        // Not `remove`, which would move the last member into the gap.
        Value::Object(object) => object.shift_remove(&target.last()).map(|_| Edit::Dropped),
        Value::Array(array) => {
            let index = index(target).filter(|index| *index < array.len())?;
            array.remove(index);
            Some(Edit::Closed {
                array: holder,
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

/// Merges `update`, which stands at `from` in the overlay, into each target.
pub(super) fn update(
    value: &mut Value,
    targets: &[Pointer],
    update: &Value,
    from: &Pointer,
) -> Result<Vec<Edit>, Refusal> {
    for target in targets {
        may_take(value, target, update)?;
    }
    let mut edits = Vec::new();
    for target in targets {
        // An update of a target above may have put something else in its place.
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

/// Whether an update can be merged into a target.
fn may_take(value: &Value, target: &Pointer, update: &Value) -> Result<(), Refusal> {
    if depth(target) > DEPTH_LIMIT {
        return Err(Refusal::new(
            format!("the target stands more than {DEPTH_LIMIT} levels deep"),
            "flatten the contract",
        ));
    }
    match value.pointer(target.as_str()) {
        Some(Value::Array(_)) => Ok(()),
        Some(Value::Object(_)) if update.is_object() => Ok(()),
        Some(Value::Object(_)) => Err(Refusal::new(
            format!("`{target}` is an object, and the update is none"),
            "write an object as update",
        )),
        _ => Err(Refusal::new(
            format!("`{target}` is neither an object nor an array, and takes no update"),
            "target the object that has it, and write the new value as its member",
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
                    edits.push(Edit::Brought { at, from });
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
            edits.push(Edit::Brought {
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
    edits.push(Edit::Brought {
        at: at.index(array.len()),
        from,
    });
    array.push(item.clone());
}

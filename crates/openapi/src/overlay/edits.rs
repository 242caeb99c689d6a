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
    /// Where in the overlay; the target by default.
    pub(super) at: Option<Pointer>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Refusal {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self {
            at: None,
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

/// A value to merge into the targets of an action.
pub(super) struct Update<'a> {
    pub(super) value: &'a Value,
    /// Where it is in the overlay.
    pub(super) from: Pointer,
    /// What it may overwrite, in its own form.
    pub(super) replaces: Option<&'a Value>,
    /// Whether it may overwrite nothing else, and repeat no item of a list.
    pub(super) is_strict: bool,
}

/// Merges a value into each target.
pub(super) fn update(
    value: &mut Value,
    targets: &[Pointer],
    update: &Update<'_>,
) -> Result<Vec<Edit>, Refusal> {
    for target in targets {
        check_update(value, target, update)?;
    }
    let mut edits = Vec::new();
    for target in targets {
        // The update of a target further up may have replaced this one.
        match value.pointer_mut(target.as_str()) {
            Some(Value::Array(array)) if !update.value.is_array() => {
                append(array, update.value, target, update.from.clone(), &mut edits);
            }
            Some(node) => merge(node, update.value, target, &update.from, &mut edits),
            None => {}
        }
    }
    Ok(edits)
}

/// Checks that a value can be merged into a target.
fn check_update(value: &Value, target: &Pointer, update: &Update<'_>) -> Result<(), Refusal> {
    if depth(target) > DEPTH_LIMIT {
        return Err(Refusal::new(
            format!("the target is nested more than {DEPTH_LIMIT} levels deep"),
            "flatten the contract",
        ));
    }
    let Some(node) = value.pointer(target.as_str()) else {
        return Ok(());
    };
    match node {
        Value::Array(array) if !update.value.is_array() => {
            check_item(array, update.value, target, &update.from, update.is_strict)
        }
        Value::Object(_) if !update.value.is_object() => Err(Refusal::new(
            format!("expected an object as update of the object `{target}`"),
            "write an object as update",
        )),
        node => {
            let place = Place {
                at: target.clone(),
                from: update.from.clone(),
                is_strict: update.is_strict,
            };
            check_merge(node, update.value, update.replaces, &place)
        }
    }
}

/// Where a value is merged, and where it comes from.
struct Place {
    at: Pointer,
    from: Pointer,
    is_strict: bool,
}

/// Checks what [`merge`] would overwrite, and what it would repeat.
fn check_merge(
    node: &Value,
    update: &Value,
    replaces: Option<&Value>,
    place: &Place,
) -> Result<(), Refusal> {
    match (node, update) {
        (Value::Object(object), Value::Object(members)) => {
            for (key, update) in members {
                let Some(member) = object.get(key) else {
                    continue;
                };
                let place = Place {
                    at: place.at.key(key),
                    from: place.from.key(key),
                    is_strict: place.is_strict,
                };
                let replaces = replaces.and_then(|replaces| replaces.get(key));
                check_merge(member, update, replaces, &place)?;
            }
            Ok(())
        }
        (Value::Array(array), Value::Array(items)) => {
            items.iter().enumerate().try_for_each(|(index, item)| {
                let from = place.from.index(index);
                check_item(array, item, &place.at, &from, place.is_strict)
            })
        }
        (node, update) if node == update => Ok(()),
        (node, _) => match replaces {
            Some(expected) if expected == node => Ok(()),
            Some(expected) => Err(Refusal {
                at: Some(place.from.clone()),
                message: format!(
                    "`{}` is {}, and `x-replaces` expects {}",
                    place.at,
                    shown(node),
                    shown(expected)
                ),
                help: "read what the publisher changed, then correct or delete the action",
            }),
            None if place.is_strict => Err(Refusal {
                at: Some(place.from.clone()),
                message: format!("this overwrites `{}`, which is {}", place.at, shown(node)),
                help: "name the old value in `x-replaces`, which has the form of `update`, so that \
                       another change of it is noticed",
            }),
            None => Ok(()),
        },
    }
}

fn check_item(
    array: &[Value],
    item: &Value,
    at: &Pointer,
    from: &Pointer,
    is_strict: bool,
) -> Result<(), Refusal> {
    if is_strict && array.contains(item) {
        return Err(Refusal {
            at: Some(from.clone()),
            message: format!("the list `{at}` has {} already", shown(item)),
            help: "delete the item, or the action",
        });
    }
    Ok(())
}

/// A value in a message.
fn shown(value: &Value) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
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

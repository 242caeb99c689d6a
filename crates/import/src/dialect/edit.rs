//! Edits of a schema that keep its other keywords, and their order.

use std::rc::Rc;

use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};

/// Replaces a keyword by others, in its place. A keyword that the schema already has keeps its
/// place, and gets the new value.
pub(super) fn replace(object: &mut Map, key: &str, keywords: Vec<(&str, Node)>) {
    let mut index = object.get_index_of(key).unwrap_or(object.len());
    object.shift_remove(key);
    for (name, node) in keywords {
        if let Some(there) = object.get_mut(name) {
            *there = node;
        } else {
            object.shift_insert(index.min(object.len()), name.to_owned(), node);
            index += 1;
        }
    }
}

/// Allows null.
pub(crate) fn allow_null(object: &mut Map, location: &Rc<NodeLocation>, log: &mut Log) {
    let yes = Node::scalar(true, location);
    let Some(flag) = object.get_mut("nullable") else {
        let after_type = object.get_index_of("type").map(|index| index + 1);
        let index = after_type.unwrap_or(object.len());
        object.shift_insert(index, "nullable".to_owned(), yes);
        return;
    };
    if flag.as_bool() != Some(true) {
        log.note(
            &flag.location,
            "`nullable` contradicts the other keywords of the schema, which allow null",
            "it is imported as `nullable: true`",
        );
        *flag = yes;
    }
}

/// Restricts a schema to `values`, in addition to its `enum`.
pub(super) fn restrict(
    object: &mut Map,
    values: Vec<Node>,
    location: &Rc<NodeLocation>,
    log: &mut Log,
) {
    let Some(listed) = object.get("enum").cloned() else {
        object.insert("enum".to_owned(), Node::list(values, location));
        return;
    };
    let is_listed = |value: &&Node| {
        let list = listed.as_list().unwrap_or_default();
        list.iter().any(|one| one.is_same(value))
    };
    let both: Vec<Node> = values.iter().filter(is_listed).cloned().collect();
    if both.is_empty() {
        log.note(
            location,
            "`enum` does not list the value that other keywords of the schema require",
            "both are imported, so that no value is valid",
        );
        add_part(object, Node::object("enum", listed), location);
        object.insert("enum".to_owned(), Node::list(values, location));
    } else {
        object.insert("enum".to_owned(), Node::list(both, location));
    }
}

/// Adds a schema that applies too.
pub(super) fn add_part(object: &mut Map, part: Node, location: &Rc<NodeLocation>) {
    if let Some(Data::List(parts)) = object.get_mut("allOf").map(|node| &mut node.data) {
        parts.push(part);
    } else {
        object.insert("allOf".to_owned(), Node::list(vec![part], location));
    }
}

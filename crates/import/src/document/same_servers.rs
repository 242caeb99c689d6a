//! Compares servers. Their descriptions mean nothing to callers.

use serde_json::Value;

use crate::node::Node;

/// Whether both lists have the same URLs with the same variables.
pub(super) fn are_same(one: &Node, other: &Node) -> bool {
    let list = |node: &Node| -> Option<Vec<_>> { Some(node.as_list()?.iter().map(url).collect()) };
    match (list(one), list(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.is_same(other),
    }
}

/// Returns the URL of a server and its variables, without descriptions.
fn url(server: &Node) -> (Value, Value) {
    if server.as_map().is_none() {
        return (server.to_value(), Value::Null);
    }
    let value = |key| server.get(key).map(Node::to_value).unwrap_or_default();
    let mut variables = value("variables");
    let variable = variables.as_object_mut().into_iter().flatten();
    for (_, variable) in variable {
        if let Some(variable) = variable.as_object_mut() {
            variable.shift_remove("description");
        }
    }
    if variables.as_object().is_some_and(|map| map.is_empty()) {
        variables = Value::Null;
    }
    (value("url"), variables)
}
